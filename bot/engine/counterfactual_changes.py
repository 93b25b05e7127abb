"""Small honest changes to an item, to what is known of its author, or to a rule, which are worth a try."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import IntEnum

from bot.checks.body_length import BodyLength
from bot.checks.check import Check, Subject
from bot.checks.combine import All, Any, NoneOf, Not
from bot.checks.domain import DomainSearch
from bot.checks.facts import AUTHOR_NUMBERS, ITEM_NUMBERS, FlagIs, NumberIs
from bot.checks.learned import Learned
from bot.checks.parent_post import ParentPost
from bot.checks.scored import Scored
from bot.checks.screenshot_only import ScreenshotOnly
from bot.checks.setting import span_words
from bot.checks.signal import Effect, Signal
from bot.checks.text_search import TextSearch
from bot.domain.answer import Evidence, Unknown, Yes
from bot.domain.item import Item, Post
from bot.matching.exact import merged
from bot.matching.pattern import Span
from bot.rulebook.rule import Rule

ARTICLE = "https://article.example/the-whole-story"
"""Stands for the address of an article, on a host that nobody can have."""
DESCRIPTION = "A description of what the picture shows"
MORE_TEXT = "And more about it. "
LONGEST_TEXT = 10_000
"""Code points; Lemmy takes no longer text."""
EDITABLE = frozenset({"title", "body", "alt_text"})
"""Fields in which an author can leave words out."""
MOST_QUOTED = 3
LONGEST_QUOTE = 40
_UNIT = re.compile(r"https?://[^\s)\]>]+|\w+", re.IGNORECASE)
_BLANKS = re.compile(r" {2,}")


class By(IntEnum):
    """Who could make a change, in the order in which changes are offered."""

    AUTHOR = 0
    """The author, by editing."""
    TIME = 1
    """Waiting does it."""
    FACT = 2
    """Nobody: it is as it is."""
    RULE = 3
    """The moderators, in the rule."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A rule and an item as they might be."""

    rule: Rule
    item: Item


@dataclass(frozen=True, slots=True)
class Change:
    """One change, in words that end the sentence "it would be otherwise …"."""

    by: By
    words: str
    made: Callable[[Trial], Trial]
    family: str = ""
    """What is changed; empty when nothing else changes the same thing to a different degree."""
    degree: float = 0
    """How far; of one family, the least that makes a difference is enough."""


def changes(rule: Rule, subject: Subject) -> Iterator[Change]:
    """What is worth a try, in the order of the rule's conditions; none is there twice."""
    seen: set[str] = set()
    for change in _changes(rule, subject):
        if change.words not in seen:
            seen.add(change.words)
            yield change


def _changes(rule: Rule, subject: Subject) -> Iterator[Change]:
    checks = [each for root in (rule.when, rule.unless) if root is not None for each in _inside(root)]
    yield from _source(subject)
    if any(isinstance(each, ScreenshotOnly) for each in checks):
        yield from _picture(subject)
    for check in checks:
        yield from _of(check, subject)


def _inside(check: Check) -> Iterator[Check]:
    """What asks about the item itself: the author of a comment cannot change the post above."""
    yield check
    if not isinstance(check, ParentPost):
        for part in check.parts():
            yield from _inside(part)


def _of(check: Check, subject: Subject) -> Iterator[Change]:
    match check:
        case TextSearch():
            yield from _without_words(check, subject)
        case DomainSearch():
            yield from _other_site(check, subject)
        case BodyLength():
            yield from _other_length(check, subject)
        case NumberIs():
            yield from _across(check, subject)
        case FlagIs(key="is_nsfw"):
            yield from _nsfw(subject)
        case Scored():
            yield from _without_signals(check, subject)
        case _:
            pass


def _on_item(by: By, words: str, **facts: object) -> Change:
    """Sets plain facts of the item."""
    return Change(by, words, lambda trial: replace(trial, item=replace(trial.item, **facts)))  # type: ignore[arg-type]


def _source(subject: Subject) -> Iterator[Change]:
    def with_address(trial: Trial) -> Trial:
        body = f"{trial.item.body}\n\n{ARTICLE}".lstrip()
        return replace(trial, item=replace(trial.item, body=body))

    if subject.item.body is not None:
        yield Change(By.AUTHOR, "with the article's address in the text", with_address)


def _picture(subject: Subject) -> Iterator[Change]:
    post = subject.item
    if not isinstance(post, Post) or not post.url:
        return
    if post.alt_text == "":
        yield _on_item(By.AUTHOR, "with a description of the picture", alt_text=DESCRIPTION)
    if post.image_text != "" or post.picture:
        yield _on_item(By.FACT, "with no text in the picture", image_text="", picture=None)


def _without_words(search: TextSearch, subject: Subject) -> Iterator[Change]:
    said = search.answer(subject)
    facts = said.evidence if isinstance(said, Yes) else ()
    pieces: dict[str, list[str]] = {}
    for field in dict.fromkeys(fact.field for fact in facts):
        text = getattr(subject.item, field, None)
        if field not in EDITABLE or not isinstance(text, str):
            return
        pieces[field] = [text[span.start : span.end] for span in _to_cut(text, field, facts)]
    left = _left(subject.item, pieces)
    if not pieces or (isinstance(left, Post) and left.title is not None and not any(map(str.isalnum, left.title))):
        return
    words = [f"{_quoted(cut)} in the {field.replace('_', ' ')}" for field, cut in pieces.items()]

    def without(trial: Trial) -> Trial:
        return replace(trial, item=_left(trial.item, pieces))

    yield Change(By.AUTHOR, f"without {' and '.join(words)}", without)


def _to_cut(text: str, field: str, facts: Iterable[Evidence]) -> tuple[Span, ...]:
    """Where the evidence stands; words and addresses are taken out whole."""
    spans = [Span(fact.start or 0, fact.end or 0) for fact in facts if fact.field == field]
    units = (Span(*found.span()) for found in _UNIT.finditer(text))
    return merged([*spans, *(unit for unit in units if any(_overlap(unit, span) for span in spans))])


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _left(item: Item, pieces: Mapping[str, Iterable[str]]) -> Item:
    """The item without these words, wherever they stand: an earlier change may have moved them."""
    for field, cut in pieces.items():
        text = getattr(item, field) or ""
        for piece in sorted(cut, key=len, reverse=True):
            before, after = (r"\b" if edge.isalnum() else "" for edge in (piece[0], piece[-1]))
            text = re.sub(f"{before}{re.escape(piece)}{after}", " ", text)
        item = replace(item, **{field: _BLANKS.sub(" ", text).strip()})  # type: ignore[arg-type]
    return item


def _quoted(pieces: Iterable[str]) -> str:
    once = list({piece.casefold(): piece for piece in reversed(list(pieces))}.values())[::-1]
    shown = [f"“{' '.join(piece.split())[:LONGEST_QUOTE]}”" for piece in once[:MOST_QUOTED]]
    more = [f"{len(once) - MOST_QUOTED} more"] if len(once) > MOST_QUOTED else []
    return " and ".join([*shown, *more])


def _other_site(search: DomainSearch, subject: Subject) -> Iterator[Change]:
    said = search.answer(subject)
    if search.field == "domain" and isinstance(said, Yes):
        yield _on_item(
            By.AUTHOR, f"with a link to another site than {said.evidence[0].text}", url=ARTICLE, destination=None
        )


def _other_length(check: BodyLength, subject: Subject) -> Iterator[Change]:
    body = subject.item.body
    said = check.answer(subject)
    if body is None or isinstance(said, Unknown):
        return
    if check.longer == isinstance(said, Yes):
        most = check.limit if check.longer else check.limit - 1
        if most > 0:
            change = _on_item(By.AUTHOR, f"with at most {most} characters of text", body=body[:most])
            yield replace(change, family="less text", degree=-most)
        return
    least = check.limit + 1 if check.longer else check.limit
    if least <= LONGEST_TEXT:
        yield Change(
            By.AUTHOR,
            f"with at least {least} characters of text",
            lambda trial: replace(trial, item=replace(trial.item, body=_padded(trial.item.body or "", least))),
            "more text",
            least,
        )


def _padded(body: str, least: int) -> str:
    start = f"{body}\n\n" if body else ""
    # The sentences end in a mark that does not count, hence one more.
    missing = max(0, least - len(start)) // len(MORE_TEXT) + 2
    return start + MORE_TEXT * missing


def _nsfw(subject: Subject) -> Iterator[Change]:
    if isinstance(subject.item, Post) and subject.item.is_nsfw is not None:
        words = "without the NSFW mark" if subject.item.is_nsfw else "with the NSFW mark"
        yield _on_item(By.AUTHOR, words, is_nsfw=not subject.item.is_nsfw)


def _across(check: NumberIs, subject: Subject) -> Iterator[Change]:
    """To the other side of the number that the rule compares with."""
    name = next((name for name, number in _MOVABLE.items() if number is check.number), None)
    if name is None:
        return
    now = check.number.value(subject)
    for step in (1, -1):
        value = check.wanted.number + step
        if value >= 0 and (now is None or check.wanted.holds(value) != check.wanted.holds(now)):
            by, words = _NUMBERS[name](check, step)
            yield Change(by, words, _numbered(name, value, subject), f"{name}{step}", step * value)


def _numbered(name: str, value: float, subject: Subject) -> Callable[[Trial], Trial]:
    return lambda trial: _with_number(trial, name, value, subject)


def _with_number(trial: Trial, name: str, value: float, subject: Subject) -> Trial:
    item = trial.item
    if name == "score":
        return replace(trial, item=replace(item, score=int(value)))
    if name == "reports":
        return replace(trial, item=replace(item, reports=int(value)))
    if name == "strikes":
        return replace(trial, item=replace(item, author=replace(item.author, strikes=int(value))))
    moment = subject.now - timedelta(seconds=value)
    if name == "account_age":
        return replace(trial, item=replace(item, author=replace(item.author, created=moment)))
    return replace(trial, item=replace(item, published=moment, updated=max(moment, item.updated or moment)))


def _account(check: NumberIs, step: int) -> tuple[By, str]:
    span = span_words(check.wanted.number)
    return By.TIME if step > 0 else By.FACT, f"with an account {'older' if step > 0 else 'younger'} than {span}"


def _age(check: NumberIs, step: int) -> tuple[By, str]:
    span = span_words(check.wanted.number)
    return By.TIME if step > 0 else By.FACT, f"{'when it is older' if step > 0 else 'had it been younger'} than {span}"


def _score(check: NumberIs, step: int) -> tuple[By, str]:
    return By.FACT, f"with a score {'above' if step > 0 else 'below'} {check.wanted.number:g}"


def _counted(what: str) -> Callable[[NumberIs, int], tuple[By, str]]:
    return lambda check, step: (By.FACT, f"with {'more' if step > 0 else 'fewer'} than {check.wanted.number:g} {what}")


_MOVABLE = {
    "account_age": AUTHOR_NUMBERS["account_age"],
    "age": ITEM_NUMBERS["age"],
    "score": ITEM_NUMBERS["score"],
    "reports": ITEM_NUMBERS["reports"],
    "strikes": AUTHOR_NUMBERS["strikes"],
}
_NUMBERS: Mapping[str, Callable[[NumberIs, int], tuple[By, str]]] = {
    "account_age": _account,
    "age": _age,
    "score": _score,
    "reports": _counted("open reports"),
    "strikes": _counted("strikes"),
}


def _without_signals(checker: Scored, subject: Subject) -> Iterator[Change]:
    for signal in checker.signals:
        said = signal.answer(subject)
        # Without a signal that does not hold, or may, nothing changes but what is not known.
        if isinstance(said, Yes | Unknown):
            yield _without_signal(checker, signal)


def _without_signal(checker: Scored, signal: Signal | Learned) -> Change:
    effect = signal.effect if isinstance(signal, Signal) else Effect.WEIGHT
    kind = "" if effect is Effect.WEIGHT else f", which {_EFFECTS[effect]}"

    def made(trial: Trial) -> Trial:
        rule = trial.rule
        when = _leaving_out(rule.when, checker.key, signal.id)
        unless = _leaving_out(rule.unless, checker.key, signal.id) if rule.unless else None
        return replace(trial, rule=replace(rule, when=when, unless=unless))

    return Change(By.RULE, f"without the signal `{signal.id}`{kind}", made)


_EFFECTS = {Effect.NEEDS: "is needed", Effect.CLEARS: "clears it", Effect.DOUBT: "casts doubt on it"}


def _leaving_out(check: Check, checker: str, signal: str) -> Check:
    match check:
        case Scored() if check.key == checker:
            return replace(check, signals=tuple(each for each in check.signals if each.id != signal))
        case All() | Any() | NoneOf():
            return replace(check, inner=tuple(_leaving_out(each, checker, signal) for each in check.inner))
        case Not():
            return replace(check, inner=_leaving_out(check.inner, checker, signal))
        case _:
            return check
