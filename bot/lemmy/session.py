"""Being logged in, and knowing whether we still are.

A dead token is silent: the server answers reads as if to a stranger, and lists every public post of the instance. Only
``GET /site`` tells, by leaving out ``my_user``. Logins are spared, because Lemmy allows ten an hour for one address and
a wrong password tried again and again locks everybody there out.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from pythorhead.requestor import Request as Method

from bot.engine.ports import NotLoggedIn, NotUnderstood, Refused, Unclear, Unreachable
from bot.http.secret import Secret
from bot.lemmy import tokenfile, wire
from bot.lemmy.account import Account
from bot.lemmy.requestor import Endpoints, LemmyRequestor

LOGIN_PAUSE = 1800.0
"""Seconds between a refused login and the next."""
FIRST_PAUSE = 60.0
"""Seconds between a login in place of a dead token and the next; doubled each time, up to LOGIN_PAUSE.
Tokens that keep dying so cost seven logins in the first hour."""

_CURES: Mapping[str, str] = {
    "incorrect_login": "user name or password is wrong",
    "missing_totp_token": "this account needs a second factor: give its TOTP secret in the configuration",
    "incorrect_totp_token": "the TOTP secret is wrong, or this machine's clock is",
    "site_ban": "the account is banned from its instance",
    "email_not_verified": "the account's mail address is not verified",
    "registration_application_is_pending": "the instance's admins have not accepted the account yet",
}


class LoginRefused(NotLoggedIn):
    """The server does not let us in. ``word`` is Lemmy's error word; nothing but a change of the account helps."""

    def __init__(self, word: str, wait: float = LOGIN_PAUSE) -> None:
        """``wait``: seconds until the next login is tried."""
        cause = f"{word}: {_CURES[word]}" if word in _CURES else word
        super().__init__(f"login refused: {cause}; the next is tried in {wait / 60:.0f} min, or at a new start")
        self.word = word


class NotSupported(NotUnderstood):
    """A server that speaks another language than Lemmy's API v3."""


@contextmanager
def reading() -> Iterator[None]:
    """A read answer of another shape is NotUnderstood."""
    try:
        yield
    except (ValueError, OverflowError) as error:
        raise NotUnderstood(str(error)[:200]) from None


class Session:
    """One account's login. Not safe to share between threads."""

    def __init__(self, account: Account, endpoints: Endpoints, clock: Callable[[], float] = time.monotonic) -> None:
        self._account = account
        self._endpoints = endpoints
        self._requestor = endpoints.requestor
        self._clock = clock
        self._requestor.token = tokenfile.load(account)
        self._server_checked = False
        self._pause_until = clock()
        self._pause = FIRST_PAUSE
        self._refused = ""
        self.complaint = ""
        """Why the token could not be saved; empty when it was."""

    def confirm(self) -> wire.MyUser:
        """Who the server says we are, now; logs in when it must.

        Raises NotLoggedIn when the server treats us as a stranger, LoginRefused when it does not let us in, and
        NotSupported when it is no Lemmy 0.19.
        """
        self._check_server()
        if self._requestor.token is None:
            self._log_in()
        found = self._ask()
        if found is None:
            self._replace_token()
            found = self._ask()
        if found is None:
            raise NotLoggedIn("the server does not accept the token that it has just given")
        return found

    def _replace_token(self) -> None:
        """A fault in the server's database looks like a dead token; so the old one is tried again before a login."""
        self._requestor.drop()
        if self._ask() is not None:
            return
        self._requestor.drop()
        self._log_in()
        now = self._clock()
        pause = FIRST_PAUSE if now > self._pause_until + LOGIN_PAUSE else self._pause
        self._pause_until = now + pause
        self._pause = min(2 * pause, LOGIN_PAUSE)

    def _ask(self) -> wire.MyUser | None:
        with reading():
            site = wire.as_(wire.Site, self._endpoints.site.get())
        _check_version(site.version)
        return site.my_user if site.my_user is not None and self._is_us(site.my_user) else None

    def _is_us(self, user: wire.MyUser) -> bool:
        asked = self._account.username
        return "@" in asked or user.local_user_view.person.name.lower() == asked.lower()

    def _check_server(self) -> None:
        if self._server_checked:
            return
        supported_version(self._requestor)
        self._server_checked = True

    def _log_in(self) -> None:
        """Raises LoginRefused, NotLoggedIn when it is too early to try again, and what a read may raise."""
        if (wait := self._pause_until - self._clock()) > 0:
            if self._refused:
                raise LoginRefused(self._refused, wait)
            raise NotLoggedIn(f"the token is dead, and the last login was too recent; the next is in {wait:.0f} s")
        self._requestor.token = None
        outcome = self._try_login()
        if isinstance(outcome, LoginRefused):
            self._refused, self._pause_until = outcome.word, self._clock() + LOGIN_PAUSE
            raise outcome
        self._refused = ""
        self._requestor.token = outcome
        self._keep(outcome)

    def _try_login(self) -> Secret | LoginRefused:
        account = self._account
        payload = {
            "username_or_email": account.username,
            "password": account.password.reveal(),
            "totp_2fa_token": account.totp_code(),
        }
        try:
            token = wire.as_(wire.Login, self._requestor.api(Method.POST, "/user/login", json=payload)).jwt
        except NotLoggedIn:
            return LoginRefused("incorrect_login")
        except Refused as error:
            return LoginRefused(error.word)
        except Unclear:
            # A login that was carried out twice does no harm, so this is as good as one that never arrived.
            token = ""
        except ValueError:
            return LoginRefused("no_token_given")
        if not tokenfile.usable(token):
            raise Unreachable("no answer to the login")
        return Secret(token)

    def _keep(self, token: Secret) -> None:
        try:
            tokenfile.save(self._account, token)
        except OSError as error:
            self.complaint = f"the token could not be saved, so each start costs a login: {error}"
        else:
            self.complaint = ""


def supported_version(requestor: LemmyRequestor) -> str:
    """Which Lemmy the server says it is. Raises NotSupported for one that we do not speak to."""
    with reading():
        software = wire.as_(wire.NodeInfo, requestor.nodeinfo).software
    if software.name != "lemmy":
        raise NotSupported(f"the server runs {software.name[:40]!r}, not Lemmy")
    _check_version(software.version)
    return software.version


def _check_version(version: str) -> None:
    number = re.match(r"(\d{1,9})\.(\d{1,9})\.", version)
    if number is None:
        raise NotSupported(f"the server's version {version[:40]!r} is not understood")
    if int(number[1]) >= 1:
        raise NotSupported(f"the server runs Lemmy {version[:40]}, which speaks API v4; that is not supported yet")
    if int(number[2]) < 19:
        raise NotSupported(f"the server runs Lemmy {version[:40]}; 0.19 is the oldest that is supported")
