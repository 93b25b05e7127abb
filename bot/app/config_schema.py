"""JSON Schema (draft 7) of the configuration, for editors and the reference."""

from bot.app.config import ACCOUNT_KEYS, CONFIG_KEYS, FETCHES, FORMATS, LEVELS
from bot.checks.shape import FLAG, TEXT, WAIT, Shape, keys, listed, told, words
from bot.domain.action import ActionKind
from bot.rulebook.schema import COMMUNITY, DRAFT

PERSON: Shape = {"type": "string", "pattern": "^ *@?[^@ ]+@[^@ ]+ *$"}
RATE: Shape = {
    "type": "string",
    "pattern": "^ *(0|[1-9][0-9]{0,5}) */ *([1-9][0-9]{0,3})? *(s|m|h|d) *$",
    "examples": ["30/h", "5/10m"],
}
SECRET: Shape = {"oneOf": [keys({"env": TEXT}, ["env"]), keys({"file": TEXT}, ["file"])]}


def config_schema() -> Shape:
    """The schema of ``config.yaml``."""
    account: Shape = {"$ref": "#/definitions/account"}
    minimal = {
        "instance": "https://lemmy.example",
        "username": "warden",
        "password": {"env": "WARDEN_PASSWORD"},
        "communities": ["technology@lemmy.ml"],
        "rules": ["rules/technology.yaml"],
    }
    top = {
        "accounts": told("Who watches what.", listed(account, least=1), [minimal]),
        "live": told("true: also send. Otherwise judge and record only.", FLAG, True, default=False),
        "poll": told("How often it looks, and how far back at the very first start.", _poll(), {"every": "1m"}),
        "budget": told(
            "At most so many of a kind; a kind that is missing is never done.", _budget(), {"report": "30/h"}
        ),
        "store": told("Where it remembers.", TEXT, "sqlite:///warden.db", default="sqlite:///warden.db"),
        "settle": told("How long an unanswered action rests before it is read back.", WAIT, "10s", default="5s"),
        "facts": told(
            "What may be fetched from servers that authors name.",
            keys(
                {
                    "fetch": told(
                        "Nothing; pictures to look into; or also pages, to see where links lead.",
                        words(*FETCHES),
                        default="off",
                    )
                }
            ),
            {"fetch": "links"},
        ),
        "log": told("How much is told, and how.", _log(), {"level": "debug"}),
    }
    assert set(top) == set(CONFIG_KEYS)
    document = {"$schema": DRAFT, "title": "Configuration of Warden", **keys(top, ["accounts"])}
    return {**document, "definitions": {"account": _account()}}


def _account() -> Shape:
    shapes = {
        "instance": told("Address of the instance the account lives on.", TEXT, "https://lemmy.example"),
        "username": told("The account's name.", TEXT, "warden"),
        "password": told("Where the password is kept: never the password itself.", SECRET, {"env": "WARDEN_PASSWORD"}),
        "totp": told("Where the key of the second factor is kept.", SECRET, {"file": "secrets/totp"}),
        "communities": told("Full names of what it watches.", listed(COMMUNITY, least=1), ["technology@lemmy.ml"]),
        "rules": told("Rule files and folders, beside this file.", listed(TEXT, least=1), ["rules/technology.yaml"]),
        "notify": told(
            "Full names of the moderators whom `notify` tells, by private message.",
            listed(PERSON),
            ["mod@lemmy.example"],
        ),
        "approved": told("Full names of authors of whom `is_approved` is true.", listed(PERSON), ["eve@lemmy.example"]),
    }
    assert set(shapes) == set(ACCOUNT_KEYS)
    return keys(shapes, [name for name in ACCOUNT_KEYS if name not in {"totp", "notify", "approved"}])


def _poll() -> Shape:
    return keys(
        {
            "every": told("How long it waits between two looks; at least 5 seconds.", WAIT, default="30s"),
            "look_back": told(
                "At the very first start: how far back items are still judged.", WAIT, "2h", default="1h"
            ),
        }
    )


def _budget() -> Shape:
    return keys({kind.value: told(f"How often `{kind}` may be done.", RATE) for kind in ActionKind})


def _log() -> Shape:
    return keys(
        {
            "level": told("The least important that is told.", words(*LEVELS), default="info"),
            "format": told("auto: JSON when not a terminal.", words(*FORMATS), default="auto"),
        }
    )
