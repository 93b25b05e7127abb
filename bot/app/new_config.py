"""Everything that ``warden init`` puts into a folder, from what was found out and chosen."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.app.new_folder import NewFile
from bot.app.new_rules import Chosen, Pack
from bot.rulebook.sidebar_files import FOLDER

RULES = "rules"
CONFIG = "config.yaml"
_SAFE = re.compile(r"[a-z0-9_][a-z0-9_-]{0,99}@[a-z0-9][a-z0-9.-]{0,252}")
_TEXT = """# yaml-language-server: $schema=rules/schemas/config.schema.json
# Made by `warden init`. As it is, Warden judges and records, and sends nothing.
accounts:
  - instance: {instance}
    username: {username}
    password: {password}
{totp}    communities:                           # full names; the host is the community's own
{communities}
    rules:                                 # files or folders, beside this file
{rules}

live: false                                # true: also send what the rules' modes and the budget allow

poll:
  every: 30s
  look_back: 1h                            # at the very first start: how far back items are still judged

# At most so many of a kind. A kind that is missing is never done: take the `#` away from what you allow.
# budget:
#   report: 30/h
#   remove: 20/h
#   lock: 5/h
#   reply: 20/h
#   message: 10/h

store: sqlite:///warden.db                 # beside this file
settle: 5s                                 # how long an unanswered action rests before it is read back
log: {{level: info, format: auto}}           # console, json, or auto: JSON when not a terminal
"""


@dataclass(frozen=True, slots=True)
class KeptSecret:
    """Where the configuration says that a secret is: in an environment variable or a file."""

    env: str = ""
    file: str = ""
    """Path, from the configuration's folder."""
    value: str | None = None
    """What to write into ``file``; ``None`` when it is there already."""

    def reference(self) -> str:
        return f"{{env: {_quoted(self.env)}}}" if self.env else f"{{file: {_quoted(self.file)}}}"

    def files(self) -> Iterator[NewFile]:
        if self.value is not None:
            yield NewFile(self.file, f"{self.value}\n".encode(), is_secret=True)

    def __repr__(self) -> str:
        return f"KeptSecret({self.reference()})"


@dataclass(frozen=True, slots=True)
class NewCommunity:
    """A community to be watched, and the rules that it takes."""

    name: str
    """Full name."""
    sidebar: str
    """Markdown, as it was read."""
    chosen: tuple[Chosen, ...]


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be at work."""

    instance: str
    username: str
    password: KeptSecret
    totp: KeptSecret | None
    communities: tuple[NewCommunity, ...]


def is_usable(full_name: str) -> bool:
    """Whether a community's name, which a server gave, can name files and stand in a configuration."""
    return _SAFE.fullmatch(full_name) is not None


def new_files(account: NewAccount, pack: Pack, schemas: Sequence[tuple[str, str]]) -> list[NewFile]:
    """All files but the token, the configuration last. ``schemas`` are names and texts."""
    files: dict[str, NewFile] = {}
    secrets = [account.password, *([account.totp] if account.totp else [])]
    found = [each for secret in secrets for each in secret.files()]
    names, suffixes = _file_names(account.communities), _suffixes(account.communities)
    for community, name, suffix in zip(account.communities, names, suffixes, strict=True):
        cut = pack.cut(community.chosen, community.name, suffix)
        found += [NewFile(f"{RULES}/{each}", (pack.folder / each).read_bytes()) for each in cut.needs]
        found.append(NewFile(f"{RULES}/{name}", cut.text.encode()))
        sidebar = community.sidebar.encode("utf-8", "replace")
        found.append(NewFile(f"{RULES}/{FOLDER}/{community.name}.md", sidebar))
    found += [NewFile(f"{RULES}/schemas/{name}.schema.json", text.encode()) for name, text in schemas]
    found.append(NewFile(CONFIG, _config(account, names).encode()))
    for each in found:
        files.setdefault(each.path, each)  # communities share lists and checkers
    return list(files.values())


def rule_files(account: NewAccount, folder: Path) -> tuple[Path, ...]:
    """Where the rule files are when the account's files are put into a folder."""
    return tuple(folder / RULES / name for name in _file_names(account.communities))


def _config(account: NewAccount, rules: Sequence[str]) -> str:
    totp = f"    totp: {account.totp.reference()}\n" if account.totp else ""
    return _TEXT.format(
        instance=_quoted(account.instance),
        username=_quoted(account.username),
        password=account.password.reference(),
        totp=totp,
        communities="\n".join(f"      - {each.name}" for each in account.communities),
        rules="\n".join(f"      - {RULES}/{each}" for each in rules),
    )


def _file_names(communities: Sequence[NewCommunity]) -> list[str]:
    """The short name where it is the only one of its kind. No dots: ``NAME.test.yaml`` would be a file of tests."""
    short = Counter(_short(each) for each in communities)
    names = [_short(each) if short[_short(each)] == 1 else each.name for each in communities]
    return [f"{name.replace('.', '_')}.yaml" for name in names]


def _suffixes(communities: Sequence[NewCommunity]) -> list[str]:
    """What keeps the ids of several communities' rules apart; nothing for one community alone."""
    if len(communities) == 1:
        return [""]
    words = [re.sub(r"[^a-z0-9]+", "-", _short(each)).strip("-")[:24] for each in communities]
    if all(words) and len(set(words)) == len(words):
        return [f"-{word}" for word in words]
    return [f"-{word}-{place}" if word else f"-{place}" for place, word in enumerate(words, start=1)]


def _short(community: NewCommunity) -> str:
    return community.name.partition("@")[0]


def _quoted(text: str) -> str:
    """As YAML takes it whatever is in it."""
    return json.dumps(text, ensure_ascii=not text.isprintable())
