"""``warden init``."""

import shlex
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.console import Console

from bot.app import exits
from bot.app.cli.init_asking import Asking
from bot.app.cli.init_matching import MATCHING, Matching, match, show
from bot.app.cli.schema import SCHEMAS, text_of
from bot.app.cli.shared import pack
from bot.app.config import SecretSource, load_config
from bot.app.new_config import CONFIG, KeptSecret, NewAccount, NewCommunity, is_usable, new_files, rule_files
from bot.app.new_folder import NewFile, refuse, write
from bot.app.new_rules import PACK_FILE, Pack
from bot.app.obstacle import Obstacle, SecondFactor
from bot.app.secrets import resolve_secret
from bot.app.signing_in import account_of, community_named, find_instance, sign_in, token_for
from bot.app.wiring import token_name
from bot.daemon.rules import load_tested
from bot.engine.ports import Identity
from bot.http.secret import Secret
from bot.lemmy.account import Account
from bot.rulebook.diagnostic import Place
from bot.rulebook.load import load_for_few
from bot.rulebook.rule import Rule

TRIES = 5
"""Logins in a row; an instance allows an address ten an hour."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line says; empty where it says nothing."""

    instance: str
    username: str
    communities: tuple[str, ...]
    password: SecretSource | None
    totp: SecretSource | None
    rules: str


@click.command("init", short_help="Make a configuration and first rules, step by step.")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option("--instance", default="", metavar="ADDRESS", help="Where the bot's account lives.")
@click.option("--username", default="", help="The bot's account.")
@click.option("--password-env", metavar="NAME", help="The environment variable that holds the password.")
@click.option("--password-file", metavar="PATH", help="The file that holds the password; only you may read it.")
@click.option("--totp-env", metavar="NAME", help="The same for the key of a second factor, where there is one.")
@click.option("--totp-file", metavar="PATH", help="The same, in a file.")
@click.option("--community", "communities", multiple=True, metavar="NAME", help="What to watch; may be repeated.")
@click.option(
    "--rules",
    default="",
    metavar="WHICH",
    help="Rules to take: `matching` the sidebar, `all`, `none`, or ids with commas.",
)
@click.option("--non-interactive", is_flag=True, help="Ask nothing: what is missing is a mistake.")
@click.option("--force", is_flag=True, help="Overwrite what is there.")
def command(
    folder: Path,
    *,
    instance: str,
    username: str,
    communities: tuple[str, ...],
    rules: str,
    non_interactive: bool,
    force: bool,
    **secrets: str | None,
) -> int:
    """Ask for an instance, an account and communities, and write a configuration into FOLDER (here by default).

    Logs in, looks whether the account moderates what it is to watch, reads the sidebars, and shows which of our rules
    fit what is written there. The rules that you take start in shadow mode, and nothing is sent. Changes nothing on
    the server.

    Ends with 2 for a mistake in what was given or a folder that cannot be used, and with 3 when the instance, the
    login or the rank stands in the way.

    Example: warden init mybot
    """
    given = Given(
        instance, username, communities, _source("password", secrets), _source("totp", secrets), rules or MATCHING
    )
    if non_interactive:
        _refuse_missing(given)
    refuse(folder, [CONFIG], force=force)
    asking = Asking(Console(highlight=False), attended=not non_interactive)
    with TemporaryDirectory(prefix="warden-init-") as scratch:
        account, login = _newcomer(asking, given, folder, asks_rules=not rules, token=Path(scratch) / "token")
        files = new_files(account, Pack(pack()), [(name, text_of(name)) for name in SCHEMAS])
        token = token_for(login, account.username)
        if token is not None:
            files.insert(0, NewFile(token_name(account.username, account.instance), token, is_secret=True))
        refuse(folder, [each.path for each in files], force=force)
        asking.confirm_writing(folder, files)
        write(folder, files, lambda staging: _check(account, staging), force=force)
        asking.done("written, and the rules' own tests pass")
    _say_what_is_next(asking, folder, account)
    return exits.FINE


def _check(account: NewAccount, staging: Path) -> None:
    """What is written must be usable. Raises BadConfig and BrokenRules."""
    load_config(staging / CONFIG)
    load_tested(rule_files(account, staging), load_for_few)


def _source(name: str, said: dict[str, str | None]) -> SecretSource | None:
    env, file = said[f"{name}_env"], said[f"{name}_file"]
    if env and file:
        raise click.UsageError(f"--{name}-env and --{name}-file exclude each other. Cure: give one of them.")
    if env:
        return SecretSource(Place(Path(f"--{name}-env")), env=env)
    return SecretSource(Place(Path(f"--{name}-file")), file=Path(file)) if file else None


def _refuse_missing(given: Given) -> None:
    needed = {
        "--instance": given.instance,
        "--username": given.username,
        "--password-env or --password-file": given.password,
        "--community": given.communities,
    }
    missing = [name for name, value in needed.items() if not value]
    if missing:
        raise click.UsageError(f"--non-interactive needs {', '.join(missing)}. Cure: give it, or leave the flag out.")


def _newcomer(
    asking: Asking, given: Given, folder: Path, *, asks_rules: bool, token: Path
) -> tuple[NewAccount, Account]:
    """Everything that is to be written, and the login that it was found out with."""
    address, version = asking.settle(given.instance, asking.instance, find_instance)
    asking.done(f"{address} runs Lemmy {version}")
    login, identity = _log_in(asking, given, address, token)
    asking.done(f"logged in as {identity.name}")
    identity = _with_rank(asking, login, identity)
    names = asking.settle(
        given.communities, lambda: asking.communities(_moderated(identity)), lambda texts: _named(texts, login)
    )
    asking.done(f"{identity.name} moderates {', '.join(names)}")
    ours = load_for_few((pack() / PACK_FILE,)).rules
    communities = [_community(asking, login, name, ours, given.rules, asks_rules=asks_rules) for name in names]
    password, totp = _keep(asking, given, folder, login)
    return NewAccount(address, identity.name, password, totp, tuple(communities)), login


def _log_in(asking: Asking, given: Given, address: str, token: Path) -> tuple[Account, Identity]:
    """Raises Obstacle; when somebody is there to be asked again, after TRIES."""
    username = given.username
    password = resolve_secret(given.password) if given.password else None
    totp = resolve_secret(given.totp) if given.totp else None
    for _ in range(TRIES):
        username = username or asking.username()
        password = password or asking.password()
        try:
            account = account_of(address, username, password, totp, token)
            return account, sign_in(account)
        except SecondFactor as obstacle:
            asking.told(obstacle)
            totp = asking.totp()
        except Obstacle as obstacle:
            asking.told(obstacle)
            username, password = "", None
    raise Obstacle(f"{TRIES} logins in a row failed", "look name and password up before the instance locks you out")


def _with_rank(asking: Asking, login: Account, identity: Identity) -> Identity:
    """Wait until the account moderates anything."""
    while not _moderated(identity):
        asking.told(
            Obstacle(
                f"{identity.name} moderates nothing on {login.instance}",
                "open something that it wrote in your community, and appoint it as a moderator in the menu there",
            )
        )
        asking.wait("Press Enter to look again")
        identity = sign_in(login)
    return identity


def _moderated(identity: Identity) -> list[str]:
    """What can be watched: names that can name files."""
    return sorted(each for each in identity.moderates if is_usable(each))


def _named(texts: tuple[str, ...], login: Account) -> tuple[str, ...]:
    identity = sign_in(login)  # anew: somebody may just have been appointed
    names = [community_named(text, login.instance, identity) for text in texts]
    for name in names:
        if not is_usable(name):
            raise Obstacle(f"{name} is a name that no file can have", "leave this community out")
    return tuple(dict.fromkeys(names))


def _community(
    asking: Asking, login: Account, name: str, ours: tuple[Rule, ...], wanted: str, *, asks_rules: bool
) -> NewCommunity:
    """Read its sidebar, and settle which rules it takes."""
    while True:
        sidebar = sign_in(login).sidebars.get(name, "")
        matching = match(name, sidebar, ours)
        show(asking.console, matching)
        if matching.written or not asking.again("Write the rules into the sidebar first, and look again?"):
            break
    try:
        chosen = asking.rules(matching) if asks_rules and asking.attended else matching.choose(wanted)
    except ValueError as error:
        raise click.UsageError(f"--rules: {error}. Cure: `matching`, `all`, `none`, or ids with commas.") from None
    if asking.attended:
        chosen = asking.numbers(matching, chosen)
    asking.done(_taken(matching, len(chosen)))
    return NewCommunity(name, sidebar, chosen)


def _taken(matching: Matching, count: int) -> str:
    return f"{matching.community} takes {count} of {len(matching.ours)} rules, all in shadow mode"


def _keep(asking: Asking, given: Given, folder: Path, login: Account) -> tuple[KeptSecret, KeptSecret | None]:
    """Where the secrets are to be from now on: where they were given, or, if they were typed, where it is said."""
    secrets = {"password": (given.password, login.password)}
    if login.totp is not None:
        secrets["totp"] = (given.totp, login.totp)
    typed = {name for name, (source, secret) in secrets.items() if not _holds(source, secret)}
    in_env = bool(typed) and asking.wants_env()
    kept = {}
    for name, (source, secret) in secrets.items():
        if name not in typed and source is not None:
            kept[name] = KeptSecret(env=source.env, file=_from(folder, source.file) if source.file else "")
        elif in_env:
            kept[name] = KeptSecret(env=asking.env(name))
        else:
            kept[name] = KeptSecret(file=name, value=secret.reveal())
    return kept["password"], kept.get("totp")


def _holds(source: SecretSource | None, secret: Secret) -> bool:
    """Whether the secret is where the command line says; it was typed when what is there was refused."""
    return source is not None and resolve_secret(source).reveal() == secret.reveal()


def _from(folder: Path, file: Path) -> str:
    """A path as it is written into the configuration: from its folder, or absolute when it lies elsewhere."""
    file, folder = file.absolute(), folder.absolute()
    return str(file.relative_to(folder) if file.is_relative_to(folder) else file)


def _say_what_is_next(asking: Asking, folder: Path, account: NewAccount) -> None:
    for secret in filter(None, (account.password, account.totp)):
        if secret.env:
            asking.say(f"Set {secret.env} where Warden starts: export {secret.env}=...")
    asking.say("Nothing is sent until you say `live: true`. Next:")
    for each in ("doctor", "run --once"):
        asking.say(f"  warden {each} --config {shlex.quote(str(folder / CONFIG))}")
