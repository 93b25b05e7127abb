"""The reference of the language, as Markdown: made from the schemas that editors get, so the two say the same."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.app.config_schema import config_schema
from bot.checks.registry import AUTHOR_CHECKS, ITEM_CHECKS
from bot.checks.shape import Shape
from bot.checks.signal import Effect
from bot.domain.action import ActionKind, Mode
from bot.domain.answer import Evidence, Yes
from bot.domain.item import Author, Community, Post
from bot.domain.verdict import Match
from bot.engine.wording import placeholders
from bot.rulebook.conditions import MADE_OF_CONDITIONS
from bot.rulebook.key import AUTHOR_FIELDS, MODIFIERS, SEARCH_FIELDS
from bot.rulebook.rule_shape import action_shapes
from bot.rulebook.schema import checker_schema, checker_setting, model_schema, rules_schema, tests_schema
from bot.rulebook.template import FILTERS, PLACEHOLDERS, render

_INTRO = """\
# Reference

Every word of the language, with an example. Made by `make docs` from the definitions that Warden reads files by, which
editors show as well; [writing rules](writing-rules.md) explains how they work together.
"""
_SEARCHES = """\
`~` before a key turns it round. `+` joins texts of which one must hold it. What follows `#` tells two keys apart that
would else be the same: `~title+body (includes)#2: [presale]`. The value is one text, a list of which one must be found,
or `{list: NAME}`."""
_FEW = 4
"""Words of which one must be chosen that are all named."""
_PLAIN = re.compile(r"\w[\w @./*%=?-]*")
_ITEM = Post(
    "1",
    title="The presale is live",
    body="Buy *now*.",
    url="https://shop.example/a",
    author=Author(name="eve", instance="lemmy.example"),
    community=Community(name="technology", host="lemmy.ml"),
    address="https://lemmy.example/post/1",
)
_MATCH = Match(
    rule="no-presales",
    sidebar=7,
    title="No presales of coins",
    reason="",
    answer=Yes((Evidence("title", 4, 11, "presale", "title"),)),
    mode=Mode.ACT,
    actions=(),
    repair="Take the offer out.",
    appeal="Write to the moderators.",
)


class NoExample(Exception):
    """A word of the language without an example: put one into its ``examples``."""


@dataclass(frozen=True, slots=True)
class Row:
    """One word of the language."""

    word: str
    about: str
    example: str


def reference() -> str:
    """The whole page."""
    return _INTRO + "\n" + "\n".join(_sections())


def _sections() -> Iterator[str]:
    rules, tests, checker, config = rules_schema(), tests_schema(), checker_schema(), config_schema()
    model = model_schema()
    group = _keys(rules, "group")
    yield _heading("Rule files", "A rule file is YAML. Its keys:")
    yield _table("key", _rows(_properties(rules)))
    yield _heading("Rules", "A rule is a group of these keys; `id` and `when` must be there.")
    yield _table("key", _rows(_keys(rules, "rule")))
    yield _heading("Defaults", "Under `defaults`, for the rules that say nothing else:")
    yield _table("key", _rows(_properties(_properties(rules)["defaults"])))
    yield from _conditions(rules, group)
    yield _heading("Actions", "Under `then`. What is not certain only ever reports, whatever stands here.")
    yield _table("action", [_action(kind, shape) for kind, shape in action_shapes().items()])
    yield from _templates()
    yield from _tests(tests)
    yield _heading("Checker files", "A scored checker adds up signals.")
    yield _table("key", _rows(_properties(checker)))
    yield _heading("Signals", "Under `signals`: an `id`, one of the three others, and conditions.")
    signal, learned = _definitions(checker)["signal"]["anyOf"]
    yield _table("key", _rows({name: _properties(signal)[name] for name in ("id", *Effect)}))
    yield _heading(
        "Keys of a signal that was learned", "Words and their points, from a file that `warden learn` writes."
    )
    yield _table("key", _rows(_properties(learned)))
    yield _heading("Model files", "What was learned, to read and to change.")
    yield _table("key", _rows(_properties(model)))
    yield from _configuration(config)


def _conditions(rules: Shape, group: Mapping[str, Shape]) -> Iterator[str]:
    yield _heading("Searches", _SEARCHES)
    yield _table("text", _rows({name: group[name] for name in SEARCH_FIELDS}))
    yield _heading("Modifiers", "In parentheses after the key of a search, several with commas.")
    yield _table("modifier", [_modifier(name, about) for name, about in MODIFIERS.items()])
    yield _heading("Facts", "Numbers and spans of time compare with `<`, `<=`, `>`, `>=` or nothing.")
    yield _table("condition", _rows({name: group[name] for name in ITEM_CHECKS}))
    for name in ITEM_CHECKS:
        if "properties" in group[name]:
            yield _heading(f"Settings of `{name}`", "")
            yield _table("setting", _rows(_properties(group[name])))
    author = _properties(_definitions(rules)["author"]["anyOf"][0])
    yield _heading("The author", "Under `author`:")
    yield _table("condition", _rows({name: author[name] for name in {**AUTHOR_FIELDS, **AUTHOR_CHECKS}}))
    yield _heading("Conditions made of conditions", "")
    yield _table("key", _rows({name: group[name] for name in MADE_OF_CONDITIONS}))
    yield _heading(
        "Scored checkers in rules",
        "The name of a checker, as in `crypto: {}`; in braces what is different in this rule.",
    )
    yield _table("setting", _rows(_properties(checker_setting())))


def _templates() -> Iterator[str]:
    values = placeholders(_MATCH, _ITEM)
    shown = {name: render(f"{{{{{name}}}}}", values) for name in PLACEHOLDERS}
    yield _heading("Placeholders", "In templates; what an author wrote arrives as plain text, its signs escaped.")
    yield _table(
        "placeholder", [Row(f"{{{{{name}}}}}", about, _visible(shown[name])) for name, about in PLACEHOLDERS.items()]
    )
    yield _heading("Filters", "After `|` in a placeholder, in any order.")
    yield _table("filter", [_filter(name, about, values) for name, about in FILTERS.items()])


def _tests(tests: Shape) -> Iterator[str]:
    yield _heading("Tests", "Under `tests` in a rule: one of the first three, and what the world is like.")
    yield _table("key", _rows({name: each for name, each in _one_test(tests).items() if name != "rule"}))
    yield _heading("Items in tests", "What is left out of a test's item is empty.")
    yield _table("field", _rows(_keys(tests, "item")))
    yield _heading("Earlier items in tests", "Under `history`: the same fields, and")
    yield _table("field", _rows({"ago": _keys(tests, "earlier")["ago"]}))
    yield _heading("Authors in tests", "")
    yield _table("field", _rows(_properties(_definitions(tests)["person"]["anyOf"][1])))
    yield _heading("Files of tests", "`NAME.test.yaml`; each test in it also names its rule: `rule: no-presales`.")
    yield _table("key", _rows(_properties(tests)))


def _one_test(tests: Shape) -> Mapping[str, Shape]:
    listed: Any = _properties(tests)["tests"]
    return _properties(listed["items"])


def _configuration(config: Shape) -> Iterator[str]:
    top = _properties(config)
    yield _heading("Configuration", "`config.yaml`; `config.example.yaml` is one to start from.")
    yield _table("key", _rows(top))
    yield _heading("Accounts", "Under `accounts`:")
    yield _table("key", _rows(_keys(config, "account")))
    for name in ("poll", "budget", "log"):
        yield _heading(f"Keys of `{name}`", "")
        yield _table("key", _rows(_properties(top[name])))


def _definitions(schema: Shape) -> Mapping[str, Any]:
    found = schema["definitions"]
    assert isinstance(found, Mapping)
    return found


def _properties(shape: Shape) -> Mapping[str, Shape]:
    found = shape["properties"]
    assert isinstance(found, Mapping)
    return found


def _keys(schema: Shape, definition: str) -> Mapping[str, Shape]:
    return _properties(_definitions(schema)[definition])


def _rows(shapes: Mapping[str, Shape]) -> list[Row]:
    return [Row(name, _about(shape), f"{name}: {_flow(_example(name, shape))}") for name, shape in shapes.items()]


def _about(shape: Shape) -> str:
    about = str(shape["description"])
    known = [each for each in _sequence(shape.get("enum")) if isinstance(each, str) and each != "true"]
    if 1 < len(known) <= _FEW and any(each not in about for each in known):
        about = f"{about.removesuffix('.')}: {', '.join(f'`{each}`' for each in known)}."
    if "default" in shape:
        about = f"{about.removesuffix('.')}. Default: `{_flow(shape['default'])}`."
    return about


def _example(name: str, shape: Shape) -> object:
    for found in (*_sequence(shape.get("examples")), *_sequence(shape.get("enum"))):
        return found
    raise NoExample(name)


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ()


def _action(kind: ActionKind, shape: Shape) -> Row:
    """`hold` puts off what else the rule asks for, so it cannot stand alone."""
    wanted = [_example(kind, shape)] + ([ActionKind.REMOVE.value] if kind is ActionKind.HOLD else [])
    return Row(kind, str(shape["description"]), f"then: {_flow(wanted)}")


def _modifier(name: str, about: str) -> Row:
    key = "'body (verbatim, unquoted)'" if name == "unquoted" else f"title ({name})"
    return Row(name, about, f"{key}: [{'pre-?sales?' if name == 'regex' else 'Presale'}]")


def _filter(name: str, about: str, values: Mapping[str, str]) -> Row:
    placeholder = f"{{{{body|{name}}}}}"
    return Row(name, about, f"{placeholder} gives {_visible(render(placeholder, values))}")


def _visible(text: str) -> str:
    return text.replace("\u200b", "")


def _flow(value: object) -> str:
    """On one line of YAML: texts as they are where nobody could misread them, else as in JSON."""
    match value:
        case Mapping():
            return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case str() if _PLAIN.fullmatch(value):
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)


def _heading(title: str, about: str) -> str:
    return f"## {title}\n" + (f"\n{about}\n" if about else "")


def _table(head: str, rows: Sequence[Row]) -> str:
    lines = [f"| {head} | says | example |", "|---|---|---|"]
    lines += [f"| {_code(row.word)} | {_cell(row.about)} | {_code(row.example)} |" for row in rows]
    return "\n".join(lines) + "\n"


def _code(text: str) -> str:
    return f"`{_cell(text)}`"


def _cell(text: str) -> str:
    """A bar would end the cell, inside code too."""
    return text.replace("|", r"\|")
