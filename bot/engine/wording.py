"""The words that go out: reasons for moderators and the modlog, answers to authors, and the reference in them."""

import hashlib
from collections.abc import Mapping, Sequence

from bot.checks.setting import span_words
from bot.domain.action import (
    Action,
    ActionKind,
    Approve,
    Ban,
    Feature,
    Hold,
    Lock,
    Message,
    Notify,
    Remove,
    Reply,
    Report,
    Restore,
    Strike,
)
from bot.domain.item import Item, ItemRef, Post
from bot.domain.plan import Plan, Step
from bot.domain.verdict import Match
from bot.engine.ports import Order
from bot.rulebook.template import render
from bot.text.urls import host_of

REASON_LIMIT = 1_000
"""Characters Lemmy takes in the reason of a report."""
REFERENCE_ROOM = 12
"""Characters kept free in a reason for `` [w-XXXXXX]``."""
ANSWER_LIMIT = 9_000
"""Of Lemmy's 10,000 UTF-16 units in a comment or message."""
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for another."""


def reason_text(matches: Sequence[Match]) -> str:
    """One reason for all rules, strongest first; never quotes the item, as Lemmy refuses a report with a slur in it."""
    parts = []
    for match in matches:
        doubt = f" (please look: {match.answer.doubt or 'the evidence is weak'})" if not match.answer.certain else ""
        parts.append(f"{match.reason}{doubt}")
    return _fit(" · ".join(dict.fromkeys(parts)), REASON_LIMIT - REFERENCE_ROOM)


def answer_text(asked: Sequence[tuple[Match, str]], item: Item) -> str:
    """One answer to the author for all rules that want one: each template once, strongest rule first."""
    texts = [render(template, placeholders(match, item)) for match, template in asked]
    return _fit("\n\n".join(dict.fromkeys(texts)), ANSWER_LIMIT)


def notice_text(told: Sequence[tuple[Match, str]], item: Item) -> str:
    """What the moderators are told: the rules' own templates, or else the item with every rule and its reason."""
    plain = [match for match, template in told if not template]
    texts = [render(template, placeholders(match, item)) for match, template in told if template]
    if plain:
        reasons = [f"- {match.rule}: {reason_text([match])}" for match in plain]
        texts.append("\n".join([render(_notice(item), placeholders(plain[0], item)), "", *reasons]))
    return _fit("\n\n".join(dict.fromkeys(texts)), ANSWER_LIMIT)


def placeholders(match: Match, item: Item) -> Mapping[str, str]:
    """Values of every placeholder for one match on one item. What is not known is empty."""
    is_post = isinstance(item, Post)
    url = (item.url if isinstance(item, Post) else "") or ""
    found = [fact.text for fact in match.answer.evidence if fact.start is not None]
    community = item.community.full_name or item.community.name or ""
    return {
        "author": item.author.name or "",
        "community": community,
        "subreddit": community,
        "kind": "post" if is_post else "comment",
        "title": _title(item),
        "body": item.body or "",
        "url": url,
        "domain": host_of(url),
        "permalink": item.address or "",
        "match": found[0] if found else "",
        "rule": match.title,
        "sidebar_rule": "" if match.sidebar is None else str(match.sidebar),
        "repair": match.repair,
        "appeal": match.appeal,
    } | {f"match-{place}": text for place, text in enumerate(found, start=1)}


def _title(item: Item) -> str:
    post = item if isinstance(item, Post) else item.post
    return (post.title if post else "") or ""


def _notice(item: Item) -> str:
    """Template of how a note to the moderators begins that has none; without what is not known."""
    by = " by {{author}}" if item.author.name else ""
    where = " in {{community}}" if item.community.full_name else ""
    return f"A {{{{kind}}}}{by}{where}{': {{permalink}}' if item.address else ''}"


def action_words(action: Action) -> str:
    """The action with its settings, for people."""
    match action:
        case Ban(days=days):
            return "ban for good" if days is None else f"ban for {_counted(days, 'day')}"
        case Strike(points=points, days=days):
            return f"strike with {_counted(points, 'point')} for {_counted(days, 'day')}"
        case Hold(wait=wait, in_public=in_public):
            return f"hold for {span_words(wait.total_seconds())} and ask {'in public' if in_public else 'by a message'}"
        case Report() | Remove() | Restore() | Approve() | Lock() | Feature() | Notify() | Reply() | Message():
            return action.kind.value


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def reference(account: str, ref: ItemRef, kind: ActionKind, to: str = "") -> str:
    """The code by which this action is found again on the server: ``w-`` and 30 bits of a digest."""
    return code_of(f"{account}|{ref}|{kind}|{to}" if to else f"{account}|{ref}|{kind}")


def code_of(what: str) -> str:
    """The reference of anything that is sent, made from all that makes it what it is."""
    digest = hashlib.sha256(what.encode()).digest()
    number = int.from_bytes(digest[:4], "big") >> 2
    return "w-" + "".join(ALPHABET[number >> shift & 31] for shift in range(25, -1, -5))


def letter(text: str, code: str) -> str:
    """A message to moderators that is about no item, as it is sent."""
    return signed(_fit(text, ANSWER_LIMIT), code)


def signed(text: str, code: str) -> str:
    """An answer as it is sent: it says that it comes from a program, and carries its reference."""
    return f"{text}\n\n*I am a bot; this is automatic. Reference {code}.*"


def orders(plan: Plan, account: str) -> tuple[Order, ...]:
    """The plan's steps and held steps as they would be sent, in that order."""
    return tuple(_order(step, plan.item, account) for step in plan.steps + plan.held)


def _order(step: Step, item: Item, account: str) -> Order:
    code = reference(account, item.ref, step.kind, step.to)
    post_id = item.id if isinstance(item, Post) else item.post_id
    return Order(
        item.ref,
        step.action,
        _with_reference(step, code),
        code,
        post_id=post_id or "",
        author_id=item.author.id or "",
        community_id=item.community.id or "",
        to=step.to,
    )


def _with_reference(step: Step, code: str) -> str:
    match step.action:
        case Report() | Remove() | Restore() | Approve() | Ban() | Strike():
            return f"{step.text} [{code}]"
        case Reply() | Message() | Hold() | Notify():
            return signed(step.text, code)
        case Lock() | Feature():
            return ""


def _fit(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
