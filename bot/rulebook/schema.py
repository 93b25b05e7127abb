"""JSON Schema (draft 7) of rule and checker files, for editors. Made from the definitions that the loader reads by."""

from collections.abc import Mapping

from bot.checks.learned import FIELDS, NAME
from bot.checks.registry import AUTHOR_CHECKS, ITEM_CHECKS
from bot.checks.scored import Effect
from bot.checks.shape import FLAG, LENGTH, LIST, SPAN, TEXT, TEXTS, Shape, keys, words
from bot.domain.item import Kind
from bot.rulebook.checkers import LEARNED
from bot.rulebook.conditions import GROUPS
from bot.rulebook.example import AUTHOR_FIELDS as EXAMPLE_AUTHOR
from bot.rulebook.example import FIELDS as EXAMPLE_FIELDS
from bot.rulebook.example_tests import EXPECTATIONS
from bot.rulebook.example_tests import FILE_KEYS as TEST_KEYS
from bot.rulebook.key import AUTHOR_FIELDS, MODIFIERS, SEARCH_FIELDS
from bot.rulebook.rule import Disclosure
from bot.rulebook.rules import EXEMPT, LONGEST_REASON, MODES, ON, PLAIN_ACTIONS, RULE_KEYS, UNKNOWN

DRAFT = "http://json-schema.org/draft-07/schema#"
WHOLE: Shape = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?(0|[1-9][0-9]{0,8})$"}]}
COMMUNITY: Shape = {"type": "string", "pattern": "^ *!?[^@ ]+@[^@ ]+ *$"}
ID: Shape = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,63}$"}
_ITEM: Shape = {"$ref": "#/definitions/item"}
CONDITIONS: Shape = {"$ref": "#/definitions/conditions"}
_ABOUT: Mapping[str, str] = {
    "id": "Stable name; the rule's history follows it.",
    "sidebar": "Number of the written rule that it enforces.",
    "title": "The rule in words.",
    "on": "What it is about; everything unless it says otherwise.",
    "when": "What must hold: a group of keys, or a list of groups of which one must hold.",
    "unless": "What excuses: the same language.",
    "mode": "How far it may go: shadow records, notify tells, report files a report, act does what `then` says.",
    "then": "What it asks for.",
    "reason": "What the report and the modlog say. No placeholders.",
    "repair": "What the author can do to keep the item, for templates.",
    "appeal": "How to appeal, for templates.",
    "exempt": "Who is left alone.",
    "priority": "Rules with a higher number are asked first.",
    "stop": "true: a certain match keeps the rules after it from being asked.",
    "act_on": "On how many of a hundred items it may do more than report.",
    "unknown": "report: what cannot be told goes to a human.",
    "disclose": "What the author may be told: all of it, the rule alone, or nothing.",
    "tests": "Examples that it must get right.",
}


def rules_schema() -> Shape:
    """The schema of a rule file."""
    top = {
        "version": told("The version of the language.", {"enum": [1, "1"]}),
        "communities": told("Full names, as in technology@lemmy.ml.", listed(COMMUNITY)),
        "lists": told("Named lists of words, names or domains.", _each(_NAMED_LIST)),
        "checkers": told("Files of scored checkers, beside this one.", listed(TEXT)),
        "templates": told("Named texts for replies and messages.", _each(TEXT)),
        "conditions": told("Named conditions; each may name those above it.", _each(CONDITIONS)),
        "defaults": told("What the rules take that say nothing else.", _defaults()),
        "rules": told("The rules.", listed(_rule())),
    }
    return _document("Rules of Warden", keys(top, ["version", "rules"]))


def tests_schema() -> Shape:
    """The schema of a file of tests."""
    one = {"anyOf": [keys({"rule": ID, name: _ITEM, **_world()}, ["rule", name]) for name in EXPECTATIONS]}
    top = {
        "version": told("The version of the language.", {"enum": [1, "1"]}),
        "rules": told("The rule file that it is about, as seen from this file.", TEXT),
        **_world(),
        "tests": told("The tests.", listed(one)),
    }
    assert set(top) == set(TEST_KEYS)
    return {**_document("Tests of Warden's rules", keys(top, ["version", "rules", "tests"])), "definitions": _items()}


def checker_schema() -> Shape:
    """The schema of a checker file."""
    top = {
        "checker": told("Its name in rules.", {"type": "string", "pattern": "^[a-z][a-z0-9_]{1,63}$"}),
        "about": told("What it looks for, in words.", TEXT),
        "signals": told("What adds up, what clears, and what leaves the matter to a human.", _signals()),
        "bands": told(
            "From how many points the answer is doubtful, and certain; those of the model by default.",
            _bands(["doubtful", "certain"]),
        ),
    }
    return _document("A scored checker of Warden", keys(top, ["checker", "signals"]))


def model_schema() -> Shape:
    """The schema of a model file."""
    points = _each(WHOLE)
    top = {
        "model": told("The checker it belongs to.", TEXT),
        "bands": told("From how many points the answer is doubtful, and certain.", _bands(["doubtful", "certain"])),
        "base": told("Points of every item about which the question arises.", WHOLE),
        "signals": told("Points of the checker's signals that say `weight: learned`.", points),
        "terms": told(
            f"Points of words and phrases, by field; {NAME} is any name.", keys(dict.fromkeys(FIELDS, points))
        ),
    }
    return {"$schema": DRAFT, "title": "What Warden learned", **keys(top, ["model", "terms"])}


def _document(title: str, content: Shape) -> Shape:
    definitions = {"conditions": _conditions(), "group": _group(), "author": _author(), **_items()}
    return {"$schema": DRAFT, "title": title, **content, "definitions": definitions}


def _conditions() -> Shape:
    group = {"$ref": "#/definitions/group"}
    return {"anyOf": [group, {"type": "array", "minItems": 1, "items": CONDITIONS}]}


def _group() -> Shape:
    """Keys as AutoModerator writes them, each with what it asks."""
    known = {_key(name): told(named.about, named.shape) for name, named in ITEM_CHECKS.items()}
    inner = {_key(name): CONDITIONS for name in (*GROUPS, "parent_post")}
    other = {
        _search_key(SEARCH_FIELDS): told("Texts to search for; with modifiers, how.", TEXTS),
        _key("author"): told("Conditions on the author, or names.", {"$ref": "#/definitions/author"}),
        _key("condition"): told("Conditions that stand under `conditions`, by name.", TEXTS),
    }
    # Scored checkers have names of their own; of their settings only the keys are known.
    rest = keys({"bands": _bands([]), "without": TEXTS})
    taken = "|".join((*ITEM_CHECKS, *GROUPS, *SEARCH_FIELDS, "parent_post", "author", "condition"))
    checkers = {rf"^~? *(?!({taken})\b)[a-z][a-z0-9_]{{1,63}} *(#\w+)? *$": rest}
    return {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "patternProperties": known | inner | other | checkers,
    }


def _author() -> Shape:
    named = {_key(name): told(each.about, each.shape) for name, each in AUTHOR_CHECKS.items()}
    group = {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "patternProperties": named | {_search_key(AUTHOR_FIELDS): TEXTS},
    }
    return {"anyOf": [group, TEXT, {"type": "array", "items": TEXT, "minItems": 1}, LIST]}


def _rule() -> Shape:
    shapes: dict[str, Shape] = {
        "id": ID,
        "sidebar": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": "^[1-9][0-9]{0,8}$"}]},
        "title": TEXT,
        # YAML 1.1 reads the key `on` as true; our loader and YAML 1.2 do not.
        "on": words(*ON),
        "when": CONDITIONS,
        "unless": CONDITIONS,
        "mode": words(*MODES),
        "then": {"anyOf": [_action(), listed(_action())]},
        "reason": {"allOf": [TEXT, {"maxLength": LONGEST_REASON, "not": {"type": "string", "pattern": r"\{\{"}}]},
        "repair": TEXT,
        "appeal": TEXT,
        "exempt": listed(words(*EXEMPT)),
        "priority": WHOLE,
        "stop": FLAG,
        "act_on": {"type": "string", "pattern": "^ *(100|[0-9]{1,2}) *% *$"},
        "unknown": words(*UNKNOWN),
        "disclose": words(*Disclosure),
        "tests": listed(_test()),
    }
    assert set(shapes) == set(RULE_KEYS)
    return keys({name: told(_ABOUT[name], shape) for name, shape in shapes.items()}, ["id", "when"])


def _action() -> Shape:
    text = [keys({name: TEXT}, [name]) for name in ("reply", "message")]
    return {"anyOf": [words(*PLAIN_ACTIONS), *text]}


def _defaults() -> Shape:
    return keys({"mode": words(*MODES), "exempt": listed(words(*EXEMPT)), "appeal": TEXT})


def _signals() -> Shape:
    points = {"anyOf": [WHOLE, {"enum": [LEARNED]}]}
    effects = {
        Effect.WEIGHT.value: told("Points; negative for what speaks against, or `learned`.", points),
        Effect.NEEDS.value: told("Without it the answer is no.", {"enum": [True, "true"]}),
        Effect.CLEARS.value: told("The answer is no.", {"enum": [True, "true"]}),
        Effect.DOUBT.value: told("The answer is at most doubtful.", {"enum": [True, "true"]}),
    }
    group = _group()
    one = {
        **group,
        "required": ["id"],
        "properties": {"id": ID, **effects},
        "oneOf": [{"required": [effect]} for effect in effects if effect != Effect.DOUBT]
        + [{"required": [Effect.DOUBT], "not": {"required": [Effect.WEIGHT]}}],
        "minProperties": 3,
        # `id` is a search field too; in a signal it is the signal's name.
        "patternProperties": _without_id(group["patternProperties"]),
    }
    model = {
        "id": ID,
        "model": told("The file of what was learned, beside this one.", TEXT),
        "names": told("What NAME stands for in it.", TEXTS),
    }
    return listed({"anyOf": [one, keys(model, ["id", "model"])]}, 1)


def _without_id(patterns: object) -> Shape:
    assert isinstance(patterns, Mapping)
    fields = tuple(field for field in SEARCH_FIELDS if field != "id")
    reserved = "|".join(("id", *Effect))
    found = {}
    for pattern, shape in patterns.items():
        if pattern == _search_key(SEARCH_FIELDS):
            found[_search_key(fields)] = shape
        else:
            found[pattern.replace("(?!(", f"(?!({reserved}|")] = shape
    return found


def _bands(required: list[str]) -> Shape:
    return keys({"doubtful": LENGTH, "certain": LENGTH}, required)


def _test() -> Shape:
    return {"anyOf": [keys({name: _ITEM, **_world()}, [name]) for name in EXPECTATIONS]}


def _world() -> dict[str, Shape]:
    """What a test says about the world around its item."""
    return {
        "now": told("When the item is judged.", TEXT),
        "author": told("Facts of the author that the item does not give itself.", {"$ref": "#/definitions/person"}),
        "community": told("Where the item is.", TEXT),
        "history": told(
            "Items that were there before; `ago` says how long.", listed({"$ref": "#/definitions/earlier"})
        ),
    }


def _items() -> Shape:
    """Definitions of items as tests write them."""
    anything: Shape = {}
    person = {"anyOf": [TEXT, {"type": "null"}, keys(dict.fromkeys(EXAMPLE_AUTHOR, anything))]}
    author: Shape = {"$ref": "#/definitions/person"}
    fields = dict.fromkeys(EXAMPLE_FIELDS, anything) | {"kind": words(*Kind), "author": author}
    return {"item": keys(fields), "earlier": keys(fields | {"ago": SPAN}), "person": person}


def _key(name: str) -> str:
    return rf"^~? *{name} *(#\w+)? *$"


def _search_key(fields: tuple[str, ...]) -> str:
    one, modifier = "|".join(fields), "|".join(MODIFIERS)
    modifiers = rf"\( *({modifier})( *, *({modifier}))* *\)"
    return rf"^~? *({one})( *\+ *({one}))* *(#\w+)? *({modifiers})? *(#\w+)? *$"


def told(about: str, shape: Shape) -> Shape:
    """With its words for the editor; a reference takes no siblings in draft 7."""
    return {"description": about, "allOf": [shape]} if "$ref" in shape else {"description": about, **shape}


def listed(shape: Shape, least: int = 0) -> Shape:
    """A list of at least so many."""
    return {"type": "array", "items": shape, "minItems": least}


def _each(shape: Shape) -> Shape:
    return {"type": "object", "additionalProperties": shape}


_NAMED_LIST: Shape = {
    "anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1}, keys({"file": TEXT}, ["file"])],
}
