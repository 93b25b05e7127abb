"""JSON Schema (draft 7) of the configuration, for editors."""

from bot.app.config import ACCOUNT_KEYS, CONFIG_KEYS, FETCHES, FORMATS, LEVELS
from bot.checks.shape import FLAG, TEXT, Shape, keys, words
from bot.domain.action import ActionKind
from bot.rulebook.schema import COMMUNITY, DRAFT, listed, told

SPAN: Shape = {"type": "string", "pattern": "^ *[0-9]{1,6} *(ms|s|m|h|d) *$", "examples": ["30s", "5m", "2h"]}
RATE: Shape = {"type": "string", "pattern": "^ *[0-9]+ */ *[0-9]* *(s|m|h|d) *$", "examples": ["30/h", "5/10m"]}
SECRET: Shape = {"oneOf": [keys({"env": TEXT}, ["env"]), keys({"file": TEXT}, ["file"])]}


def config_schema() -> Shape:
    """The schema of ``config.yaml``."""
    account = {
        "instance": told("Address of the instance the account lives on.", TEXT),
        "username": told("The account's name.", TEXT),
        "password": told("Where the password is kept: never the password itself.", SECRET),
        "totp": told("Where the key of the second factor is kept.", SECRET),
        "communities": told("Full names of what it watches.", listed(COMMUNITY, least=1)),
        "rules": told("Rule files and folders, beside this file.", listed(TEXT, least=1)),
    }
    top = {
        "accounts": told("Who watches what.", listed(keys(account, ACCOUNT_KEYS[:3] + ACCOUNT_KEYS[4:]), least=1)),
        "live": told("true: also send. Otherwise judge and record only.", FLAG),
        "poll": told("How often, and how far back at the very first start.", keys({"every": SPAN, "look_back": SPAN})),
        "budget": told(
            "At most so many of a kind; a kind that is missing is never done.",
            keys({kind.value: RATE for kind in ActionKind}),
        ),
        "store": told("Where it remembers.", TEXT),
        "settle": told("How long an unanswered action rests before it is read back.", SPAN),
        "facts": told(
            "What may be fetched from servers that authors name: nothing, or pictures to look into.",
            keys({"fetch": words(*FETCHES)}),
        ),
        "log": told("How much is told, and how.", keys({"level": words(*LEVELS), "format": words(*FORMATS)})),
    }
    assert set(top) == set(CONFIG_KEYS)
    return {"$schema": DRAFT, "title": "Configuration of Warden", **keys(top, ["accounts"])}
