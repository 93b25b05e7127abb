"""What examples of items and tests look like, in JSON Schema."""

from collections.abc import Mapping

from bot.checks.facts import AUTHOR_FLAGS, AUTHOR_NUMBERS, ITEM_FLAGS, ITEM_NUMBERS, Flag, Number
from bot.checks.language import CODES
from bot.checks.shape import AGE, TEXT, Shape, keys, listed, told, words
from bot.domain.item import Kind
from bot.rulebook.example import AUTHOR_FIELDS, FIELDS, ONLY_COMMENTS, ONLY_POSTS, PICTURE_FIELDS
from bot.rulebook.example_tests import EXPECTATIONS, SETTINGS

ITEM: Shape = {"$ref": "#/definitions/item"}
PERSON: Shape = {"$ref": "#/definitions/person"}
EARLIER: Shape = {"$ref": "#/definitions/earlier"}
TESTS: Shape = listed({"$ref": "#/definitions/test"})
ABOVE: Shape = {"$ref": "#/definitions/above"}
NAME: Shape = {"type": "string", "pattern": r"\S"}
_TEXT: Shape = {"type": ["string", "number", "boolean", "null"]}
_WHOLE: Shape = {"anyOf": [{"type": ["integer", "null"]}, {"type": "string", "pattern": r"^\s*[-+]?[0-9_]+\s*$"}]}
_FLAG: Shape = {"enum": [True, False, None, "true", "false"]}
_TIME: Shape = {
    "anyOf": [
        {"type": ["null"]},
        {"type": "string", "pattern": r"^\s*([0-9]{4}-?([0-9]{2}-?[0-9]{2}|W[0-9]{2}).*)?$"},
    ],
}
_ANYTHING: Shape = {}
_COMMUNITY: Shape = {"anyOf": [_TEXT, {"type": "object"}]}
_OF_KINDS: Shape = {
    "if": {"required": ["kind"], "properties": {"kind": {"const": "comment"}}},
    "then": {"properties": dict.fromkeys(ONLY_POSTS, False)},
    "else": {"properties": dict.fromkeys(ONLY_COMMENTS, False)},
}
_ITEM_FIELDS: Mapping[str, Shape] = {
    "id": told("The number of the item.", TEXT, 1),
    "kind": told("What it is.", words(*Kind), "comment", default="post"),
    "title": told("The title of the post.", _TEXT, "The presale is live"),
    "url": told("The address that the post links to.", _TEXT, "https://shop.example/a"),
    "body": told("The text, in Markdown.", _TEXT, "Buy *now*."),
    "alt_text": told("The description of the picture.", _TEXT, "a graph of prices"),
    "link_title": told("The title of the linked page.", _TEXT, "Buy now"),
    "link_description": told("The description of the linked page.", _TEXT, "limited offer"),
    "link_type": told("The kind of the linked file.", _TEXT, "image/png"),
    "resolved_url": told(
        "What the short link stands for; without it, nobody has followed it.", _TEXT, "https://shop.example/a?ref=eve"
    ),
    "image_text": told("The text in the picture.", _TEXT, "3 people liked this"),
    "picture": told(
        "What was seen in the picture, as `warden look --json` prints it; without it, nobody has looked.",
        {"$ref": "#/definitions/picture"},
        {"text_screenshot": "yes", "certain": True},
    ),
    "tags": told("The tags that the post carries.", {"anyOf": [listed(TEXT), {"type": "null"}]}, ["self-promotion"]),
    "author": told("Who wrote it: a name, or a group of keys.", PERSON, {"name": "eve", "account_age": "2 days"}),
    "community": told("Where it is.", _COMMUNITY, "technology@lemmy.ml"),
    "published": told("When it was published; an hour before, if it does not say.", _TIME, "2026-03-01T12:00:00Z"),
    "updated": told("When it was last changed.", _TIME, "2026-03-01T13:00:00Z"),
    "language": told("The language that the author chose.", {"enum": [*CODES, None]}, "en"),
    "depth": told("How deep the comment is; 1 answers the post.", _WHOLE, 2),
    "post": told("The post above a comment: its title, or a group of keys.", {"anyOf": [_TEXT, ABOVE]}, "AMA"),
}
_AUTHOR_FIELDS: Mapping[str, Shape] = {
    "id": told("The number of the account.", _TEXT, 5),
    "name": told("The name of the account.", _TEXT, "eve"),
    "instance": told("The home instance.", _TEXT, "lemmy.example"),
    "display_name": told("The name that the account shows.", _TEXT, "Eve"),
    "bio": told("What the account says about itself.", _TEXT, "I sell coins."),
    "account_age": told("How long there has been the account.", AGE, "2 days"),
    "is_banned": told("Whether the author is banned from the community, or from the instance.", _FLAG, True),
    "created": told("The same by the time when it was made.", _TIME, "2026-02-01"),
}


def definitions() -> dict[str, Shape]:
    """Items, people and tests, for the schemas in which they occur."""
    fields = {name: _field(name, _ITEM_FIELDS, {**ITEM_FLAGS, **ITEM_NUMBERS}) for name in FIELDS}
    above = {name: each for name, each in fields.items() if name not in ONLY_COMMENTS}
    person = {name: _field(name, _AUTHOR_FIELDS, {**AUTHOR_FLAGS, **AUTHOR_NUMBERS}) for name in AUTHOR_FIELDS}
    ago = told("How long before.", AGE, "3 hours", default="2 hours")
    return {
        "item": {**keys(fields), **_OF_KINDS},
        "earlier": {**keys(fields | {"ago": ago}), **_OF_KINDS},
        "above": keys(above),
        "picture": {"type": ["object", "null"], **keys(dict.fromkeys(PICTURE_FIELDS, _ANYTHING))},
        "person": {"anyOf": [_TEXT, keys(person)]},
        "test": example_test({}),
    }


def example_test(more: Mapping[str, Shape]) -> Shape:
    """One test; ``more`` are keys that must be there as well."""
    items = {
        "breaks": told("An item that the rule is certain about.", ITEM, {"title": "The presale is live"}),
        "keeps": told("An item that the rule leaves alone.", ITEM, {"title": "Presale scam uncovered"}),
        "doubt": told("An item that a human should look at.", ITEM, {"title": "Is this presale real?"}),
    }
    assert set(items) == set(EXPECTATIONS)
    return {
        **keys({**more, **items, **world_shapes()}, [*more]),
        "oneOf": [{"required": [name]} for name in EXPECTATIONS],
    }


def world_shapes() -> dict[str, Shape]:
    """What a test says about the world around its item."""
    shapes = {
        "now": told("When the item is judged.", _TIME, "2026-03-01T12:00:00Z"),
        "author": told("Facts of the author that the item does not give itself.", PERSON, {"account_age": "2 years"}),
        "community": told("Where the item is.", _COMMUNITY, "technology@lemmy.ml"),
        "history": told(
            "All items that were there before; `ago` says how long.",
            listed(EARLIER),
            [{"url": "https://shop.example/a", "ago": "3 hours"}],
        ),
    }
    assert set(shapes) == set(SETTINGS)
    return shapes


def _field(name: str, shapes: Mapping[str, Shape], facts: Mapping[str, Flag | Number]) -> Shape:
    """What a field looks like; one that is also a condition is explained there."""
    if name in shapes:
        return shapes[name]
    assert name in facts, f"the field `{name}` of items needs its words and an example here"
    fact = facts[name]
    return told(fact.about, _FLAG, True) if isinstance(fact, Flag) else told(fact.about, _WHOLE, 5)
