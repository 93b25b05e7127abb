"""A small AutoModerator: one rule, one item, by Python's ``re``. Written from its documentation and the meanings of its
modifiers alone; it shares nothing with the import.

Facts that an item does not have are ``None``, and a check of one is ``None``: it cannot be told. Where Lemmy is another
place than Reddit, Lemmy counts: the text of a link post is looked at.
"""

import re
import warnings
from datetime import timedelta
from urllib.parse import urlsplit

import yaml

WRAPPED = {
    "full-exact": "^{}$",
    "full-text": r"^\W*{}\W*$",
    "includes": "{}",
    "includes-word": r"(?:^|\W|\b){}(?:$|\W|\b)",
    "starts-with": "^{}",
    "ends-with": "{}$",
}
DEFAULT = {"id": "full-exact", "url": "includes", "flair_text": "full-exact"}
POST_FIELDS = {"id", "title", "domain", "url", "body", "media_title", "media_description", "flair_text"}
ITEM_FIELDS = {"submission": POST_FIELDS, "comment": {"id", "body"}}
UNITS = {"minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2592000, "year": 31536000}
KARMA = {"comment_karma", "post_karma", "link_karma", "combined_karma"}
NOT_CHECKS = {
    *("type", "priority", "moderators_exempt", "action", "action_reason", "comment", "comment_stickied"),
    *("comment_locked", "message", "message_subject", "modmail", "modmail_subject", "set_flair", "overwrite_flair"),
    *("set_sticky", "set_locked", "set_nsfw", "report_reason", "ignore_blockquotes"),
}
SUBMISSIONS_ONLY = {"set_flair", "set_sticky", "set_nsfw", "is_self"}


def rules_in(text: str) -> list[dict]:
    """The rules of a page, those without an action left out."""
    found = []
    for part in re.split(r"(?m)^(?:---.*|```.*)$", text):
        try:
            rule = yaml.safe_load(part)
        except yaml.YAMLError:
            continue
        if isinstance(rule, dict) and any(_acts(key, value) for key, value in rule.items()):
            found.append({str(key).lower(): value for key, value in rule.items()})
    return found


def _acts(key: object, value: object) -> bool:
    actions = {"action", "comment", "message", "modmail", "set_flair", "set_sticky", "set_locked", "set_nsfw"}
    return key in actions or (isinstance(value, dict) and any(_acts(*each) for each in value.items()))


def verdict(rule: dict, item: dict) -> bool | None:
    """Whether the rule's conditions hold."""
    item = item | {"ignores_quotes": rule.get("ignore_blockquotes", False)}
    if not _is_of_type(rule, item):
        return False
    found = [_check(key, value, rule, item) for key, value in rule.items() if key not in NOT_CHECKS]
    return _all([*found, _looked(rule, item)])


def _all(found: list[bool | None]) -> bool | None:
    return False if False in found else None if None in found else True


def _any(found: list[bool | None]) -> bool | None:
    return True if True in found else None if None in found else False


def _is_of_type(rule: dict, item: dict) -> bool:
    kind = "submission" if item["kind"] == "post" else "comment"
    wanted = rule.get("type", "any")
    if wanted == "any":
        return not any(_is_foreign(key, kind) for key in rule) and any(key not in NOT_CHECKS for key in rule)
    if wanted in {"link submission", "text submission"}:
        return kind == "submission" and (item["url"] != "") == (wanted == "link submission")
    return wanted == kind


def _is_foreign(key: str, kind: str) -> bool:
    if key in {"is_top_level", "parent_submission"}:
        return kind == "submission"
    if key in SUBMISSIONS_ONLY:
        return kind == "comment"
    names = _names(key)
    return names <= POST_FIELDS and not names & ITEM_FIELDS[kind]


def _names(key: str) -> set[str]:
    return {name.strip() for name in key.partition("(")[0].partition("#")[0].strip().lstrip("~").split("+")}


def _check(key: str, value: object, rule: dict, item: dict) -> bool | None:
    if key in {"author", "~author"}:
        group = value if isinstance(value, dict) else {("~name" if key[0] == "~" else "name"): value}
        return _author(group, item["author"])
    if key == "parent_submission":
        return None  # the post above is not known
    if key in {"body_longer_than", "body_shorter_than"}:
        size = len(re.sub(r"\A\W+|\W+\Z", "", item["body"]))
        return size > value if key == "body_longer_than" else size < value
    facts = {"reports": "reports", "is_top_level": "depth", "is_self": "url"}
    if key in facts:
        fact = item.get(facts[key])
        if fact is None:
            return None
        return {"reports": lambda: fact >= value, "is_top_level": lambda: (fact == 1) == value}.get(
            key, lambda: (fact == "") == value
        )()
    texts = {name: item_text(item, name) for name in _names(key) & ITEM_FIELDS[_kind(item)]}
    return _search(key, value, texts, without_link=item.get("url") == "", with_link=bool(item.get("url")))


def _kind(item: dict) -> str:
    return "submission" if item["kind"] == "post" else "comment"


def item_text(item: dict, name: str) -> str | None:
    """A field's text; ``None`` when it is not known."""
    if name == "domain":
        host = (urlsplit(item["url"]).hostname or "") if item["url"] else "self.here"
        return host.removeprefix("www.")
    if name == "body" and item.get("ignores_quotes"):
        return "\n".join(line for line in item["body"].splitlines() if line and not line.startswith(">"))
    return item.get({"media_title": "link_title", "media_description": "link_description"}.get(name, name))


def _search(
    key: str, value: object, texts: dict[str, str | None], *, without_link: bool = False, with_link: bool = False
) -> bool | None:
    """Reddit looks at no address of a text post. Of a link post, what is found in every text was not found in its own."""
    head, _, behind = key.partition("(")
    modifiers = [each.strip() for each in behind.rstrip(") ").split(",") if each.strip()]
    values = [str(each) for each in (value if isinstance(value, list) else [value]) if not isinstance(each, list)]
    hit: bool | None
    if set(texts) == {"domain"} and not set(modifiers) & {*WRAPPED, "regex"}:
        hit = any(_is_domain(texts["domain"], each) for each in values)
    else:
        default = DEFAULT.get(next(iter(texts)), "includes-word") if len(texts) == 1 else "includes-word"
        expression = _expression(values, modifiers, default)
        if without_link:
            texts = {name: text for name, text in texts.items() if name != "url"}
        expressions = dict.fromkeys(texts, expression)
        if with_link and "body" in texts and expression.search(""):
            telling = [each for each in values if not _expression([each], modifiers, default).search("")]
            expressions["body"] = _expression(telling, modifiers, default)
            texts = texts if telling else {name: text for name, text in texts.items() if name != "body"}
        hit = _any([None if text is None else bool(expressions[name].search(text)) for name, text in texts.items()])
    return hit if hit is None or not head.startswith("~") else not hit


def _expression(values: list[str], modifiers: list[str], default: str) -> re.Pattern[str]:
    is_regex = "regex" in modifiers
    placement = next((each for each in modifiers if each in WRAPPED), default)
    # Flags in the middle of an expression held for all of it then, and are not allowed there any more.
    plain = [re.sub(r"\(\?[ius]+\)", "", each) if is_regex else re.escape(each) for each in values]
    says_so = is_regex and any(re.search(r"\(\?[us]*i[us]*\)", each) for each in values)
    flags = re.DOTALL | (0 if "case-sensitive" in modifiers and not says_so else re.IGNORECASE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return re.compile(WRAPPED[placement].replace("{}", f"({'|'.join(plain)})"), flags)


def _is_domain(host: str, value: str) -> bool:
    """The domain or one below it, as the documentation says; a part of a name is looked for as a word."""
    value = value.lower()
    if value.startswith("self."):
        return host.startswith("self.")
    if "." not in value or value.startswith("."):
        return bool(re.search(WRAPPED["includes-word"].replace("{}", re.escape(value)), host))
    return host == value or host.endswith("." + value)


def _looked(rule: dict, item: dict) -> bool:
    """A rule all of whose searches look at nothing does not hold: at the address of a text post."""
    searched = [_names(key) for key in rule if key not in NOT_CHECKS and _names(key) <= POST_FIELDS]
    if item["kind"] == "comment" or not searched:
        return True
    unseen = "url" if item["url"] == "" else "body"
    return any(names != {unseen} for names in searched) or (unseen == "body" and not _only_negated(rule))


def _only_negated(rule: dict) -> bool:
    return all(key.startswith("~") for key in rule if key not in NOT_CHECKS and _names(key) <= POST_FIELDS)


def _author(group: dict, author: dict) -> bool | None:
    thresholds = [_threshold(key, value, author) for key, value in group.items() if key in {*KARMA, "account_age"}]
    found = [_any(thresholds) if group.get("satisfy_any_threshold") and thresholds else _all(thresholds)]
    for key, value in group.items():
        if key in {"is_moderator", "is_contributor", "is_submitter"}:
            fact = author.get({"is_contributor": "is_approved"}.get(key, key))
            found.append(None if fact is None else fact == value)
        elif _names(key) == {"name"}:
            found.append(_search(key, value, {"name": author.get("name")}))
    return _all(found)


def _threshold(key: str, value: object, author: dict) -> bool | None:
    sign, number, unit = re.fullmatch(r"\s*([<>]|==?|)\s*(-?\d+)\s*([a-z]*)\s*", str(value)).groups()
    amount = int(number) * (UNITS[(unit or "day").rstrip("s")] if key == "account_age" else 1)
    fact = _fact(key, author)
    return None if fact is None else {"<": fact < amount, ">": fact > amount}.get(sign, fact == amount)


def _fact(key: str, author: dict) -> float | None:
    if key == "account_age":
        age: timedelta | None = author.get("age")
        return None if age is None else age.total_seconds()
    posts, comments = author.get("post_score"), author.get("comment_score")
    if key == "combined_karma":
        return None if posts is None or comments is None else posts + comments
    return comments if key == "comment_karma" else posts
