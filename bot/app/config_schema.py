"""JSON Schema (draft 7) of the configuration, for editors."""

from bot.app.config import ACCOUNT_KEYS, CONFIG_KEYS, FORMATS, LEVELS
from bot.checks.shape import FLAG, TEXT, WAIT, Shape, keys, words
from bot.domain.action import ActionKind
from bot.rulebook.schema import COMMUNITY, DRAFT, listed, told

NEEDED = tuple(key for key in ACCOUNT_KEYS if key not in {"totp", "notify", "approved"})
PERSON: Shape = {"type": "string", "pattern": "^ *@?[^@ ]+@[^@ ]+ *$"}
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
        "notify": told("Full names of the moderators whom `notify` tells, by private message.", listed(PERSON)),
        "approved": told("Full names of authors of whom `is_approved` is true.", listed(PERSON)),
    }
    top = {
        "accounts": told("Who watches what.", listed(keys(account, NEEDED), least=1)),
        "live": told("true: also send. Otherwise judge and record only.", FLAG),
        "poll": told("How often, and how far back at the very first start.", keys({"every": WAIT, "look_back": WAIT})),
        "budget": told(
            "At most so many of a kind; a kind that is missing is never done.",
            keys({kind.value: RATE for kind in ActionKind}),
        ),
        "store": told("Where it remembers.", TEXT),
        "settle": told("How long an unanswered action rests before it is read back.", WAIT),
        "log": told("How much is told, and how.", keys({"level": words(*LEVELS), "format": words(*FORMATS)})),
    }
    assert set(top) == set(CONFIG_KEYS)
    assert set(account) == set(ACCOUNT_KEYS)
    return {"$schema": DRAFT, "title": "Configuration of Warden", **keys(top, ["accounts"])}
