"""What the keys of a rule look like, in JSON Schema: what each says, and an example."""

from bot.checks.shape import FLAG, TEXT, WAIT, Shape, keys, listed, told, words
from bot.domain.action import ActionKind
from bot.rulebook.actions import FORGOTTEN, LONGEST_BAN, MOST_POINTS
from bot.rulebook.example_shape import TESTS
from bot.rulebook.rule import Disclosure
from bot.rulebook.rules import DEFAULT_KEYS, EXEMPT, LONGEST_REASON, MODES, ON, RULE_KEYS, UNKNOWN
from bot.rulebook.template import FILTERS, PLACEHOLDERS, takes_no_filter

ID: Shape = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,63}$"}
CONDITIONS: Shape = {"$ref": "#/definitions/conditions"}
_WHOLE: Shape = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?(0|[1-9][0-9]{0,8})$"}]}
_SIDEBAR: Shape = {
    "anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": "^[1-9][0-9]{0,8}$"}],
}
_REASON: Shape = {"allOf": [TEXT, {"maxLength": LONGEST_REASON, "not": {"type": "string", "pattern": r"\{\{"}}]}
_KNOWN = "|".join(PLACEHOLDERS)
_WRONG_PLACEHOLDER = "|".join(
    (
        rf"\{{\{{\s*(?!({_KNOWN}|match-[1-9][0-9]?)\s*[|}}])[^{{}}]*\}}\}}",
        rf"\{{\{{[^{{}}]*\|\s*(?!({'|'.join(FILTERS)})\s*[|}}])[^{{}}]*\}}\}}",
        rf"\{{\{{\s*({'|'.join(filter(takes_no_filter, PLACEHOLDERS))})\s*\|",
    )
)
TEMPLATE: Shape = {"allOf": [TEXT, {"not": {"type": "string", "pattern": _WRONG_PLACEHOLDER}}]}


def rule_shape() -> Shape:
    """One rule."""
    shapes = {
        "id": told("Stable name; the rule's history follows it.", ID, "no-presales"),
        "sidebar": told("Number of the written rule that it enforces.", _SIDEBAR, 7),
        "title": told("The rule in words; without it, the id.", TEXT, "No presales of coins"),
        # YAML 1.1 reads the key `on` as true; our loader and YAML 1.2 do not.
        "on": told("What it is about.", words(*ON), "posts", default="everything"),
        "when": told(
            "What must hold: a group of keys that all must, or a list of groups of which one must.",
            CONDITIONS,
            {"title": ["presale", "airdrop"]},
        ),
        "unless": told("What excuses: the same language.", CONDITIONS, {"author": {"account_age": "> 5 years"}}),
        "mode": _mode(),
        "then": told("What it asks for; one or a list.", _actions(), ["report", "remove"], default="report"),
        "reason": told(
            "What the report and the modlog say, without placeholders; else `sidebar` and `title`.",
            _REASON,
            "Rule 7: advertises a presale",
        ),
        "repair": told("What the author can do, for templates.", TEXT, "Add the address of the article."),
        "appeal": _appeal(),
        "exempt": _exempt(),
        "priority": told("Rules with a higher number are asked first.", _WHOLE, 10, default=0),
        "stop": told("true: a certain match keeps the rules after it from being asked.", FLAG, True, default=False),
        "act_on": told(
            "On how many of a hundred items it may do more than report, always the same ones.",
            {"type": "string", "pattern": "^ *(100|[0-9]{1,2}) *% *$"},
            "20%",
            default="100%",
        ),
        "unknown": told(
            "report: what cannot be told goes to a human by a report, instead of to nobody.",
            words(*UNKNOWN),
            "report",
            default="ignore",
        ),
        "disclose": told(
            "What authors may be told: all of it, the rule but not what was found, or not even the rule.",
            words(*Disclosure),
            "rule",
            default="full",
        ),
        "tests": told("Examples that it must get right.", TESTS, [{"breaks": {"title": "The presale is live"}}]),
    }
    assert set(shapes) == set(RULE_KEYS)
    return keys(shapes, ["id", "when"])


def defaults_shape() -> Shape:
    """What the rules of a file take that say nothing else."""
    shapes = {"mode": _mode(), "exempt": _exempt(), "appeal": _appeal()}
    assert set(shapes) == set(DEFAULT_KEYS)
    return keys(shapes)


def action_shapes() -> dict[ActionKind, Shape]:
    """What each kind of action looks like under ``then``."""
    shapes = {
        ActionKind.REPORT: _plain("report", "File a Lemmy report, for a human."),
        ActionKind.HOLD: _hold(),
        ActionKind.REPLY: _with_text("reply", "Answer in public below the item."),
        ActionKind.LOCK: _plain("lock", "Close the post to further comments."),
        ActionKind.FEATURE: _plain("feature", "Keep the post on top of its community."),
        ActionKind.REMOVE: _plain("remove", "Remove the item."),
        ActionKind.RESTORE: _plain("restore", "Put back an item that Warden itself removed."),
        ActionKind.APPROVE: _plain("approve", "Let the item stand: resolve its reports, put it back, leave it alone."),
        ActionKind.STRIKE: _strike(),
        ActionKind.BAN: _ban(),
        ActionKind.MESSAGE: _with_text("message", "Write to the author in private."),
        ActionKind.NOTIFY: _notify(),
    }
    assert set(shapes) == set(ActionKind), "every kind of action needs its words and an example here"
    return shapes


def _plain(name: str, about: str) -> Shape:
    return told(about, {"const": name}, name)


def _hold() -> Shape:
    wait = told("How long the author has.", WAIT)
    ask = told("Name of a template, or a text.", TEMPLATE, "fix-it/source")
    settings = {"oneOf": [keys({"for": wait, name: ask}, ["for", name]) for name in ("message", "reply")]}
    about = "Ask the author for a repair, wait, look again; only then comes the rest of `then`."
    return told(about, keys({"hold": settings}, ["hold"]), {"hold": {"for": "6h", "message": "fix-it/source"}})


def _strike() -> Shape:
    points = told("How much it weighs.", _up_to(MOST_POINTS), 1, default=1)
    days = told("After so many days it is forgotten.", _up_to(LONGEST_BAN), 30, default=FORGOTTEN)
    setting = {"anyOf": [points, keys({"points": points, "days": days})]}
    about = "Hold something against the author, for a while; `author: {strikes}` counts them."
    return told(about, keys({"strike": setting}, ["strike"]), {"strike": 1}, {"strike": {"points": 2, "days": 30}})


def _ban() -> Shape:
    days = told("For so many days.", _up_to(LONGEST_BAN), 3)
    permanent = told("true: for good.", {"enum": [True, "true"]}, True)
    setting = {"oneOf": [keys({"days": days}, ["days"]), keys({"permanent": permanent}, ["permanent"])]}
    return told("Keep the author out of the community.", keys({"ban": setting}, ["ban"]), {"ban": {"days": 3}})


def _notify() -> Shape:
    with_text = keys({"notify": told("Name of a template, or a text.", TEMPLATE)}, ["notify"])
    return told("Tell the moderators, in private.", {"anyOf": [{"const": "notify"}, with_text]}, "notify")


def _up_to(most: int) -> Shape:
    """A whole number above zero."""
    number = {"type": "integer", "minimum": 1, "maximum": most}
    return {"anyOf": [number, {"type": "string", "pattern": "^[1-9][0-9]{0,3}$"}]}


def _with_text(name: str, about: str) -> Shape:
    return told(about, keys({name: told("Name of a template, or a text.", TEMPLATE)}, [name]), {name: "fix-it/source"})


def _actions() -> Shape:
    one: Shape = {"anyOf": list(action_shapes().values())}
    return {"anyOf": [*action_shapes().values(), listed(one)]}


def _mode() -> Shape:
    about = "How far it may go: shadow records, notify tells, report files a report, act does what `then` says."
    return told(about, words(*MODES), "report", default="shadow")


def _exempt() -> Shape:
    return told("Who is left alone.", listed(words(*EXEMPT)), ["admins"], default=[*EXEMPT])


def _appeal() -> Shape:
    return told("How to appeal, for templates.", TEXT, "Write to the moderators.")
