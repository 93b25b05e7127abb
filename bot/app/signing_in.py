"""The first contact with an instance: what it is, whether it lets us in, and what keeps us out, each with its cure."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from bot.app.logging import hide
from bot.app.obstacle import Obstacle, SecondFactor
from bot.engine.ports import Identity, LemmyError, NotUnderstood, RateLimited
from bot.http.address import instance_address
from bot.http.client import Client
from bot.http.secret import Secret
from bot.lemmy import tokenfile
from bot.lemmy.account import Account
from bot.lemmy.gateway import LemmyV3
from bot.lemmy.public import is_known_community, public_version
from bot.lemmy.session import LoginRefused, NotSupported

_KEY = (
    "the key is the text of letters and digits that Lemmy showed when the second factor was set up, not the six digits"
)
_REFUSALS: Mapping[str, tuple[type[Obstacle], str, str]] = {
    "incorrect_login": (Obstacle, "the user name or the password is wrong", "type them again"),
    "couldnt_find_that_username_or_email": (Obstacle, "there is no account of this name", "check the spelling"),
    "missing_totp_token": (SecondFactor, "the account has a second factor", f"give its key; {_KEY}"),
    "incorrect_totp_token": (
        SecondFactor,
        "the key of the second factor is wrong, or this machine's clock is",
        f"check both; {_KEY}",
    ),
    "site_ban": (Obstacle, "the account is banned from its instance", "ask the instance's admins"),
    "deleted": (Obstacle, "the account was deleted", "take another one"),
    "email_not_verified": (
        Obstacle,
        "the account's mail address is not verified",
        "open the link in the mail that the instance sent",
    ),
    "registration_application_is_pending": (
        Obstacle,
        "the instance's admins have not accepted the account yet",
        "wait for them",
    ),
}


def find_instance(text: str) -> tuple[str, str]:
    """The address of an instance as it is typed, and the version of Lemmy that it runs. Raises Obstacle."""
    text = text.strip().rstrip("/")
    try:
        address = instance_address(text if "://" in text else f"https://{text}")
    except ValueError as error:
        what, _, cure = str(error).partition("; ")
        raise Obstacle(what, cure or "write it like https://lemmy.example") from None
    try:
        return address, public_version(address)
    except LemmyError as error:
        raise _obstacle(address, error) from None


def account_of(instance: str, username: str, password: Secret, totp: Secret | None, token_file: Path) -> Account:
    """Raises SecondFactor for a key that is none."""
    for secret in (password, totp):
        if secret is not None:
            hide(secret)
    try:
        return Account(instance, username, password, token_file, totp)
    except ValueError:
        raise SecondFactor("this is not the key of a second factor", f"copy it again; {_KEY}") from None


def sign_in(account: Account) -> Identity:
    """Who we are; costs a login the first time. Raises Obstacle."""
    client = Client(account.instance)
    try:
        return LemmyV3(account, client).identity()
    except LoginRefused as refused:
        other = Obstacle, f"the instance refuses the login: {refused.word}", "log in with a browser to see why"
        kind, what, cure = _REFUSALS.get(refused.word, other)
        raise kind(what, cure) from None
    except LemmyError as error:
        raise _obstacle(account.instance, error) from None
    finally:
        client.close()


def token_for(account: Account, username: str) -> bytes | None:
    """The token of the login as it is kept for the account's own name, so that the first start need not log in."""
    token = tokenfile.load(account)
    if token is None:
        return None
    renamed = replace(account, username=username)
    tokenfile.save(renamed, token)
    return renamed.token_file.read_bytes()


def community_named(text: str, instance: str, identity: Identity) -> str:
    """The full name of a community that we moderate, however it is written. Raises Obstacle."""
    name = full_name(text, instance, identity)
    if name in identity.moderates:
        return name
    try:
        known = is_known_community(instance, name)
    except LemmyError:
        known = True  # an instance may keep strangers out; then only the rank can be told
    if not known:
        raise Obstacle(f"{instance} knows no community {name}", "check the spelling, as in technology@lemmy.ml")
    raise Obstacle(f"{identity.name} does not moderate {name}", f"let one of its moderators appoint {identity.name}")


def full_name(text: str, instance: str, identity: Identity) -> str:
    """``name@host`` for a bare name, ``!name@host`` or an address such as ``https://lemmy.ml/c/technology``."""
    text = text.strip()
    host = urlsplit(instance).hostname or ""
    if "/c/" in text:
        host = urlsplit(text).hostname or host
        text = text.partition("/c/")[2].partition("/")[0]
    name, _, own_host = text.removeprefix("!").lower().partition("@")
    if own_host:
        return f"{name}@{own_host.partition(':')[0]}"
    ours = [each for each in identity.moderates if each.partition("@")[0] == name]
    return ours[0] if len(ours) == 1 else f"{name}@{host}"


def _obstacle(instance: str, error: LemmyError) -> Obstacle:
    match error:
        case NotSupported():
            return Obstacle(f"{instance} cannot be used: {error}", "Warden speaks to Lemmy 0.19; name such an instance")
        case NotUnderstood():
            return Obstacle(f"no Lemmy answers at {instance}: {error}", "check the address; it is that of the instance")
        case RateLimited():
            return Obstacle(f"{instance} takes no more requests from here for now: {error}", "wait an hour")
        case _:
            return Obstacle(f"{instance} does not answer: {error}", "check the address, and whether the instance is up")
