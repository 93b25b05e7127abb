"""JSON Schema (draft 7) of rule, checker and test files. Made from the definitions that the loader reads by.

Every key carries what it says under ``description`` and an example under ``examples``: editors show them, and the
reference is made from them. Keys without signs around them stand under ``properties``, where editors complete them.
"""

from collections.abc import Collection, Iterable, Mapping

from bot.checks.learned import FIELDS as LEARNED_FIELDS
from bot.checks.learned import NAME as ANY_NAME
from bot.checks.registry import AUTHOR_CHECKS, ITEM_CHECKS
from bot.checks.shape import HOSTS, LIST, NAMES, TEXT, TEXTS, Shape, keys, listed, told
from bot.checks.signal import Effect
from bot.rulebook.checkers import CHECKER_KEYS, LEARNED, MODEL_SIGNAL_KEYS
from bot.rulebook.conditions import MADE_OF_CONDITIONS
from bot.rulebook.example_shape import NAME, definitions, example_test, world_shapes
from bot.rulebook.example_tests import FILE_KEYS as TEST_FILE_KEYS
from bot.rulebook.key import AUTHOR_FIELDS, MODIFIERS, PLACEMENTS, SEARCH_FIELDS, Field
from bot.rulebook.load import FILE_KEYS
from bot.rulebook.models import KINDRED_KEYS, MODEL_KEYS
from bot.rulebook.rule_shape import CONDITIONS, ID, TEMPLATE, defaults_shape, rule_shape

DRAFT = "http://json-schema.org/draft-07/schema#"
COMMUNITY: Shape = {"type": "string", "pattern": "^ *!?[^@ ]+@[^@ ]+ *$"}
_ANY_POINTS: Shape = {
    "anyOf": [
        {"type": "integer", "not": {"const": 0}},
        {"type": "string", "pattern": "^-?[1-9][0-9]{0,8}$"},
    ]
}
_VERSION = told("The version of the language.", {"enum": [1, "1"]}, 1)
_GROUP = "#/definitions/group/properties"
_AUTHOR = "#/definitions/author/anyOf/0/properties"
_NAMED_LIST: Shape = {
    "anyOf": [TEXT, {"type": "array", "items": TEXT, "minItems": 1}, keys({"file": TEXT}, ["file"])],
}


def rules_schema() -> Shape:
    """The schema of a rule file."""
    top = {
        "version": _VERSION,
        "communities": told(
            "Full names of the communities that the rules are for; without it, all that the account watches.",
            listed(COMMUNITY),
            ["technology@lemmy.ml"],
        ),
        "lists": told(
            "Named lists of words, names or domains, here or in a file beside this one.",
            _each(_NAMED_LIST),
            {"coins": ["bitcoin", "litecoin"]},
        ),
        "checkers": told("Files of scored checkers, beside this one.", listed(TEXT), ["checkers/crypto.yaml"]),
        "templates": told("Named texts for answers.", _each(TEMPLATE), {"fix-it": "Hello {{author}}, {{repair}}"}),
        "conditions": told(
            "Named conditions; each may name those above it.",
            _each(CONDITIONS),
            {"is-news": {"domain": ["news.example"]}},
        ),
        "defaults": told("What the rules take that say nothing else.", defaults_shape(), {"mode": "report"}),
        "rules": told(
            "The rules.", listed({"$ref": "#/definitions/rule"}), [{"id": "no-ads", "when": {"title": "sale"}}]
        ),
    }
    assert set(top) == set(FILE_KEYS)
    document = _document("Rules of Warden", keys(top, ["version", "rules"]), _conditions() | definitions())
    return {**document, "definitions": {**document["definitions"], "rule": rule_shape()}}  # type: ignore[dict-item]


def tests_schema() -> Shape:
    """The schema of a file of tests."""
    rule = told("The id of the rule.", NAME, "no-presales")
    one = [{"rule": "no-presales", "keeps": {"title": "Presale scam uncovered"}}]
    top = {
        "version": _VERSION,
        "rules": told("The rule file that it is about, as seen from this file.", TEXT, "technology.yaml"),
        **world_shapes(),
        "tests": told("The tests.", listed(example_test({"rule": rule})), one),
    }
    assert set(top) == set(TEST_FILE_KEYS)
    return _document("Tests of Warden's rules", keys(top, ["version", "rules", "tests"]), definitions())


def checker_schema() -> Shape:
    """The schema of a checker file."""
    top = {
        "checker": told("Its name in rules.", {"type": "string", "pattern": "^[a-z][a-z0-9_]{1,63}$"}, "crypto"),
        "about": told("What it looks for, in words.", TEXT, "cryptocurrency as the subject"),
        "signals": told(
            "What adds up, what clears, and what leaves the matter to a human.",
            listed({"$ref": "#/definitions/signal"}, least=1),
            [{"id": "coin-word", "weight": 3, "title": ["bitcoin"]}],
        ),
        "bands": told(
            "From how many points the answer is doubtful, and certain; those of the model, where there is one.",
            _bands(["doubtful", "certain"]),
            {"doubtful": 3, "certain": 6},
        ),
    }
    assert set(top) == set(CHECKER_KEYS)
    inner = _conditions() | {"signal": {"anyOf": [_signal(), model_signal_shape()]}}
    learned: Shape = {"properties": {"signals": {"contains": {"required": ["model"]}}}}
    whole = {**keys(top, ["checker", "signals"]), "anyOf": [{"required": ["bands"]}, learned]}
    return _document("A scored checker of Warden", whole, inner)


def model_schema() -> Shape:
    """The schema of a model file."""
    top = {
        "model": told("The checker that it belongs to.", TEXT, "crypto"),
        "bands": told(
            "From how many points the answer is doubtful, and certain.",
            _bands(["doubtful", "certain"]),
            {"doubtful": 3, "certain": 6},
        ),
        "base": told("Points of every item about which the question arises.", _ANY_POINTS, -12),
        "signals": told("Points of the checker's signals that say `weight: learned`.", _each(_ANY_POINTS), {"code": 7}),
        "terms": told(
            f"Points of words and phrases, by field; `{ANY_NAME}` is any name.",
            keys(dict.fromkeys(LEARNED_FIELDS, _each(_ANY_POINTS))),
            {"title": {"airdrop": 9}},
        ),
        "kindred": told(
            "Words that count for their likeness to others, by field; those with the same points stand together.",
            keys({field: {"type": "array", "items": _kindred()} for field in LEARNED_FIELDS}),
            {"title": [{"points": 3, "words": "loft courtyard"}]},
        ),
    }
    assert set(top) == set(MODEL_KEYS)
    return _document("What Warden learned", keys(top, ["model", "terms"]), {})


def _kindred() -> Shape:
    own = {
        "points": told("What each of the words counts.", _ANY_POINTS, 3),
        "words": told("The words, with blanks between them.", TEXT, "loft courtyard"),
    }
    assert set(own) == set(KINDRED_KEYS)
    return keys(own, list(KINDRED_KEYS))


def _document(title: str, content: Shape, inner: Mapping[str, Shape]) -> Shape:
    return {"$schema": DRAFT, "title": title, **content, "definitions": {**inner}}


def _conditions() -> dict[str, Shape]:
    group: Shape = {"$ref": "#/definitions/group"}
    alternatives: Shape = {"type": "array", "minItems": 1, "items": CONDITIONS}
    return {"conditions": {"anyOf": [group, alternatives]}, "group": group_shape(), "author": author_shape()}


def group_shape() -> Shape:
    """Keys as AutoModerator writes them, each with what it asks."""
    named = {
        **_searches(SEARCH_FIELDS),
        **{name: told(each.about, each.shape) for name, each in ITEM_CHECKS.items()},
        **_made_of_conditions(),
    }
    search = told("Texts to search for; in parentheses, how.", TEXTS)
    # Scored checkers have names of their own; of their settings only the keys are known.
    checker = told("A scored checker, and what is different in this rule.", checker_setting())
    patterns = {search_key(SEARCH_FIELDS): search, **_decorated(named, _GROUP), _checker_key([*named]): checker}
    return {**_group(patterns), "properties": named}


def author_shape() -> Shape:
    """Conditions on the author, or names."""
    named = {
        **_searches(AUTHOR_FIELDS),
        **{name: told(each.about, each.shape) for name, each in AUTHOR_CHECKS.items()},
    }
    search = told("Texts to search for; in parentheses, how.", TEXTS)
    group = {**_group({search_key(AUTHOR_FIELDS): search, **_decorated(named, _AUTHOR)}), "properties": named}
    return {"anyOf": [group, TEXT, {"type": "array", "items": TEXT, "minItems": 1}, LIST]}


def checker_setting() -> Shape:
    """What a rule may change of a scored checker."""
    return keys(
        {
            "bands": told("Other bands for this rule.", _bands([]), {"certain": 8}),
            "without": told("Signals that do not count in this rule.", TEXTS, ["price-talk"]),
        }
    )


def _group(patterns: Mapping[str, Shape]) -> Shape:
    return {"type": "object", "minProperties": 1, "additionalProperties": False, "patternProperties": {**patterns}}


def _searches(fields: Mapping[str, Field]) -> dict[str, Shape]:
    hosts = {"domain", "instance"}
    return {
        name: told(field.about, HOSTS if name in hosts else TEXTS, [field.example]) for name, field in fields.items()
    }


def _made_of_conditions() -> dict[str, Shape]:
    shapes = {
        "author": told(
            "conditions on the author, or names", {"$ref": "#/definitions/author"}, {"account_age": "< 5 days"}
        ),
        "parent_post": told("for comments: conditions on the post above", CONDITIONS, {"title (starts-with)": ["AMA"]}),
        "condition": told("what stands under `conditions`, by name; of several, one", NAMES, "is-news"),
        "all": told("all of these hold", CONDITIONS, [{"title": ["presale"]}, {"has_link": True}]),
        "any": told("at least one of these holds", CONDITIONS, [{"title": ["presale"]}, {"domain": ["coins.example"]}]),
        "none": told("none of these holds", CONDITIONS, [{"title": ["scam"]}, {"domain": ["news.example"]}]),
    }
    assert set(shapes) == set(MADE_OF_CONDITIONS)
    return shapes


def _decorated(named: Iterable[str], where: str) -> dict[str, Shape]:
    """The same keys with `~` before or `#2` after them; ``where`` their shapes stand, so that they stand there once."""
    return {_key(name): {"$ref": f"{where}/{name}"} for name in named}


def _signal() -> Shape:
    effects = {
        Effect.WEIGHT.value: told(
            f"Points; negative for what speaks against, or `{LEARNED}`.",
            {"anyOf": [_ANY_POINTS, {"enum": [LEARNED]}]},
            3,
        ),
        Effect.NEEDS.value: told("true: without it the answer is no.", {"enum": [True, "true"]}, True),
        Effect.CLEARS.value: told("true: the answer is no.", {"enum": [True, "true"]}, True),
        Effect.DOUBT.value: told("true: the answer is at most doubtful.", {"enum": [True, "true"]}, True),
    }
    # `id` is a search field too; in a signal it is the signal's name.
    own = {"id": told("Its name in explanations.", ID, "coin-word"), **effects}
    group = group_shape()
    named, patterns = group["properties"], group["patternProperties"]
    assert isinstance(named, Mapping)
    assert isinstance(patterns, Mapping)
    fields = [name for name in SEARCH_FIELDS if name not in own]
    taken = {search_key(SEARCH_FIELDS): search_key(fields), _checker_key([*named]): _checker_key([*named, *own])}
    return {
        **group,
        "required": ["id"],
        "properties": {**{name: {"$ref": f"{_GROUP}/{name}"} for name in named}, **own},
        "oneOf": [{"required": [effect]} for effect in effects if effect != Effect.DOUBT]
        + [{"required": [Effect.DOUBT.value], "not": {"required": [Effect.WEIGHT.value]}}],
        "minProperties": 3,
        "patternProperties": {taken.get(key, key): shape for key, shape in patterns.items() if key != _key("id")},
    }


def model_signal_shape() -> Shape:
    """A signal whose points stand in a model file."""
    own = {
        "id": told("Its name in explanations.", ID, "words"),
        "model": told("The file of what was learned, beside this one.", TEXT, "models/crypto.yaml"),
        "names": told(f"What `{ANY_NAME}` stands for in it.", TEXTS, {"list": "bosses"}),
    }
    assert set(own) == set(MODEL_SIGNAL_KEYS)
    return keys(own, ["id", "model"])


def _bands(required: list[str]) -> Shape:
    points = {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": "^ *[1-9][0-9]{0,6} *$"}]}
    bands = {
        "doubtful": told("From so many points a human should look.", points, 3),
        "certain": told("From so many points it is certain.", points, 6),
    }
    return keys(bands, required)


def _key(name: str) -> str:
    return rf"^~? *{name} *(#\w+)? *$"


def search_key(fields: Collection[str]) -> str:
    """The keys of searches in these fields, with modifiers of which only one may be a placement."""
    one, modifier, placement = "|".join(fields), "|".join(MODIFIERS), "|".join(PLACEMENTS)
    twice = rf"(?!.*[(,] *({placement}) *,([^)]*,)? *({placement}) *[,)])"
    modifiers = rf"\( *({modifier})( *, *({modifier}))* *\)"
    return rf"^{twice}~? *({one})( *\+ *({one}))* *(#\w+)? *({modifiers})? *(#\w+)? *$"


def _checker_key(taken: Collection[str]) -> str:
    return rf"^~? *(?!({'|'.join(taken)})\b)[a-z][a-z0-9_]{{1,63}} *(#\w+)? *$"


def _each(shape: Shape) -> Shape:
    return {"type": "object", "additionalProperties": shape}
