"""Imported rules as a rule file, with the comments of the original. What is not used stands there as comments."""

import re
from collections.abc import Iterable, Iterator

from bot.automod.actions import Wanted
from bot.automod.asks import Ask, Group, keyed
from bot.automod.findings import Effect
from bot.automod.importing import Import, Imported, State
from bot.automod.tree import quoted

WIDEST = 110
"""Columns of a list on one line."""
STEP = "  "
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*(?: [A-Za-z0-9_.-]+)*")
_TAKEN = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def rule_file(found: Import, name: str) -> str:
    """The text of a rule file, in shadow mode."""
    texts = _Templates(found.rules)
    active = [rule for rule in found.rules if rule.state is State.ACTIVE]
    lines = [*_head(found, name)]
    if texts.names:
        lines += ["", "templates:", *texts.lines()]
    lines += ["", "defaults:", f"{STEP}mode: shadow", "", f"rules:{'' if active else ' []'}"]
    for rule in found.rules:
        lines += _rule(rule, texts) if rule.state is State.ACTIVE else _put_aside(rule)
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(found: Import, name: str) -> Iterator[str]:
    counts = ", ".join(f"{found.count(state)} {state}" for state in State)
    rules = "1 rule" if len(found.rules) == 1 else f"{len(found.rules)} rules"
    yield f"# Imported from {_one_line(name)} by `warden import automod`: {rules}, {counts}."
    yield "# They record only (shadow). What is disabled stands below as comments, with the reasons."
    yield "# `verbatim` keeps to AutoModerator's search; without it, disguised spellings are found as well."
    yield "version: 1"
    yield '# communities: ["name@your.instance"]   # where the rules hold; everywhere while this is a comment'


class _Templates:
    """Texts of active rules by name; equal ones are written once."""

    def __init__(self, rules: Iterable[Imported]) -> None:
        self.names: dict[str, str] = {}
        for rule in rules:
            for want in rule.wants.then if rule.state is State.ACTIVE else ():
                if want.text:
                    self.names.setdefault(want.text, f"{rule.id}/{want.name}")

    def lines(self) -> Iterator[str]:
        for text, name in self.names.items():
            yield f"{STEP}{name}: {_text(text, STEP)}"


def _rule(rule: Imported, texts: _Templates | None) -> Iterator[str]:
    for comment in rule.comments:
        yield f"{STEP}#{_one_line(comment)}".rstrip()
    head = [f"id: {rule.id}", f"title: {_word(rule.title)}"]
    if rule.on != "everything":
        head.append(f"on: {rule.on}")
    body = [*head, "when:", *_group(rule.when, STEP)]
    if rule.priority:
        body.append(f"priority: {rule.priority}")
    if not rule.exempts_moderators:
        body.append("exempt: []  # moderators are not exempt either")
    body += _then(rule, texts)
    if rule.wants.reason:
        body.append(f"reason: {_word(rule.wants.reason)}")
    for place, line in enumerate(body):
        yield (f"{STEP}- " if place == 0 else f"{STEP}  ") + line if line else ""


def _then(rule: Imported, texts: _Templates | None) -> Iterator[str]:
    if not rule.wants.then:
        yield "then: []  # nothing of what AutoModerator did can be done here; matches are recorded"
        return
    yield "then:"
    for want in rule.wants.then:
        yield from _wanted(want, texts)


def _wanted(want: Wanted, texts: _Templates | None) -> Iterator[str]:
    if not want.text:
        yield f"{STEP}- {want.name}"
    elif texts is not None:
        yield f"{STEP}- {want.name}: {texts.names[want.text]}"
    else:
        yield from f"{STEP}- {want.name}: {_text(want.text, STEP * 2)}".split("\n")


def _put_aside(rule: Imported) -> Iterator[str]:
    """A rule that is not used, as comments under a heading."""
    yield f"{STEP}# {rule.state.upper()}: {_one_line(rule.title)} (rule {rule.number}, line {rule.line})"
    for finding in rule.findings:
        if finding.effect in {Effect.CHECK_DROPPED, Effect.FAILED}:
            key = f"`{finding.key}`: " if finding.key else ""
            cure = f". Cure: {finding.cure}" if finding.cure else ""
            yield f"{STEP}#   because {_one_line(f'{key}{finding.message}{cure}')}"
    if rule.state is State.FAILED:
        yield f"{STEP}# as it was:"
        lines: Iterable[str] = re.split(r"[\r\n\x85\u2028\u2029]", rule.original)
    else:
        yield f"{STEP}# as far as it can be carried over; as it stands it would match more:"
        lines = [part for line in _rule(rule, None) for part in line.split("\n")]
    for line in lines:
        yield f"{STEP}# {_one_line(line, keep_margin=True)}".rstrip()


def _group(group: Group, indent: str) -> Iterator[str]:
    if not group.asks:
        yield f"{indent}{{}}"
    for key, ask in keyed(group):
        yield from _ask(key, ask, indent)


def _ask(key: str, ask: Ask, indent: str) -> Iterator[str]:
    value = ask.value
    if isinstance(value, str):
        yield f"{indent}{key}: {_setting(value)}"
    elif isinstance(value, Group):
        yield f"{indent}{key}:"
        yield from _group(value, indent + STEP)
    elif all(isinstance(each, str) for each in value):
        yield from _texts(key, [_word(str(each)) for each in value], indent)
    else:
        yield f"{indent}{key}:"
        for each in value:
            if isinstance(each, Group):
                yield from _alternative(each, indent + STEP)


def _alternative(group: Group, indent: str) -> Iterator[str]:
    for place, line in enumerate(_group(group, "")):
        yield f"{indent}{'- ' if place == 0 else '  '}{line}"


def _texts(key: str, words: list[str], indent: str) -> Iterator[str]:
    line = f"{indent}{key}: [{', '.join(words)}]"
    if len(line) <= WIDEST:
        yield line
        return
    yield f"{indent}{key}:"
    for word in words:
        yield f"{indent}{STEP}- {word}"


def _setting(text: str) -> str:
    """True, false, a whole number, or a comparison."""
    return text if re.fullmatch("true|false|[0-9]+", text) else quoted(text)


def _word(text: str) -> str:
    """A text on one line: bare, or in quotes if anybody could read it as something else."""
    if _PLAIN.fullmatch(text) and text.lower() not in _TAKEN:
        return text
    if text.isprintable() and text.strip() == text and "\ufeff" not in text:
        return "'" + text.replace("'", "''") + "'"
    return quoted(text)


def _text(text: str, indent: str) -> str:
    """A text of several lines, after ``|`` where YAML can hold it so."""
    lines = text.split("\n")
    if not all(line.isprintable() for line in lines) or lines[0][:1] in {" ", ""} or "\ufeff" in text:
        return quoted(text)
    return "\n".join(["|", *(f"{indent}{STEP}{line}".rstrip() for line in lines)])


def _one_line(text: str, *, keep_margin: bool = False) -> str:
    """A comment cannot end early."""
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return plain if keep_margin else plain.rstrip()
