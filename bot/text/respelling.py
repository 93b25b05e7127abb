"""The third view of a text, in which words that are written to slip past a word list are spelt as they are read.

Undone are, word by word: digits and signs for letters (``cr7pt0``), signs between letters (``cry.pto``), letters set
apart (``c r y p t o``), letters struck out, and whole words drawn with letters of other alphabets. Such a reading is a
guess, so whoever searches this view asks for whole words long enough that no honest writing spells them by chance.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import NamedTuple

from bot.text.folding import View
from bot.text.lazy import lazy
from bot.text.lookalikes import look_alike

SHORTEST = 4
"""Letters of a word that is respelt, and of one that may be looked for here."""
SIGNS = {"0": "o", "2": "z", "3": "e", "4": "a", "5": "s", "6": "g", "7": "t", "8": "b", "9": "g"}
SIGNS |= {"@": "a", "$": "s", "!": "i", "|": "l", "+": "t"}
ONE = "1"
"""Stands for an i or for an l: the text is read both ways."""
AROUND = 40
"""Code points around a respelt word that are in the view with it, so that phrases are found."""
FEWEST_LETTERS = 2
"""Characters of a word that are no digits."""
WIDEST_GAP = 3
GAPS = frozenset(".,*_~|^=/\\-")
"""Signs that set letters apart, in any mixture."""
BETWEEN = ".*_~^=°·•‧∙・-"
"""Signs that stand between the letters of one word in little honest writing. The hyphen is last, as in a class."""
MAY_STAND_ALONE = frozenset("aiouAIOU")
"""Letters that are words themselves, so that they may not belong to the letters set apart beside them."""

_BETWEEN = frozenset(BETWEEN)
_EDGES = "!+" + BETWEEN
_READ = {one: str.maketrans(SIGNS | {ONE: one}) for one in "il"}
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_WORD = re.compile(r"[\w@$|!+]+")
_APART = re.compile(
    r"(?<![^\W_])[A-Za-z0-9@$](?P<gap>[^\w\n]{1,3}|_{1,3})[A-Za-z0-9@$!|](?:(?P=gap)[A-Za-z0-9@$!|]){2,}(?![^\W_])"
    r"|(?<![^\W_])[A-Za-z0-9@$](?:[.,*_~|^=/\\-]{1,3}[A-Za-z0-9@$!]){3,}(?![^\W_])"
)
_RUN = re.compile(
    r"\w+://\S+|www\.\S+|[A-Za-z0-9@$]{1,2}(?:-[A-Za-z0-9@$]{1,2}){2,}(?![\w-])|[^\s,;:\"'()\[\]{}<>?/\\-]+"
)
_WORD_IN_DISGUISE = re.compile(
    rf"(?=(?:[{BETWEEN}]*[A-Za-z0-9@$!|+]){{{SHORTEST}}})"
    rf"(?=(?:[0-9{BETWEEN}]*[A-Za-z@$!|+]){{{FEWEST_LETTERS}}})"
    rf"[A-Za-z0-9@$!|+{BETWEEN}]+"
)
"""Nothing but letters and what stands for them, and not digits alone or nearly."""
_NOT_A_WORD = re.compile(r"\w+://|www\.|\S*(?:@[\w-]+\.|\.(?:com|org|net|io|dev|html?|php|png|jpe?g)\b)", re.IGNORECASE)
# These two only ask where to look closer. They begin with what is rare, and look back afterwards: that is fast, if no
# two ways to begin have to be tried.
_HAS_SIGNS = re.compile(
    r"[0-9@$|!+.*_~^=°·•‧∙・-](?:(?<=[A-Za-z][^-])[0-9@$|!+.*_~^=°·•‧∙・]*[A-Za-z]"
    r"|(?<![0-9@$|!+].)(?<=[0-9@$|!+])[0-9@$|!+]*[A-Za-z]"
    r"|(?<=[A-Za-z][0-9@$])(?![A-Za-z])"
    r"|(?<=-)(?=[A-Za-z0-9@$]{1,2}-[A-Za-z]))"
)
_HAS_SINGLES = re.compile(
    r"[^A-Za-z0-9][A-Za-z0-9@$!|][^A-Za-z0-9]{1,3}[A-Za-z0-9@$!|][^A-Za-z0-9]{1,3}[A-Za-z0-9@$!|](?![A-Za-z0-9])"
)
_BESIDE_WORDS = frozenset(letter for letter in map(chr, range(0x80)) if not (letter.isalnum() or letter == "_"))


class _Part(NamedTuple):
    """A part of a text and its readings, each the places of the letters that are left."""

    start: int
    end: int
    readings: tuple[Sequence[int], ...]


class Respelt:
    """What can be read in another way, and the view of it, which is worked out when it is first asked for.

    The view holds the respelt words with what stands around them, each stretch on a line of its own, and all of it
    twice where a ``1`` can be read in two ways.
    """

    def __init__(
        self, base: str, places: Sequence[int] | None, changed: Sequence[tuple[int, int]], parts: Sequence[_Part]
    ) -> None:
        """``places`` in the original, for each code point of ``base``; ``None`` where it is the original."""
        self._base = base
        self._places = places
        self._changed = changed
        self._parts = parts
        self._ones = "il" if any(ONE in base[part.start : part.end] for part in parts) else "i"

    @lazy
    def words(self) -> frozenset[str] | None:
        """Words, in lower case, of which one must be in whatever stands here and in no other view; ``None`` where that
        cannot be told."""
        if self._places is not None or any(_is_inside_word(self._base, part) for part in self._parts):
            return None
        readings = [reading for part in self._parts for reading in part.readings]
        return frozenset(_letters(self._base, each, one).lower() for each in readings for one in self._ones)

    @lazy
    def view(self) -> View:
        """The third view."""
        stretches = _stretches(self._base, [*self._changed, *((part.start, part.end) for part in self._parts)])
        versions = [_read(self._base, self._parts, stretch, one) for one in self._ones for stretch in stretches]
        kept = chain.from_iterable(kept for _, kept in versions)
        places = tuple(kept if self._places is None else map(self._places.__getitem__, kept))
        return View("\n".join(letters for letters, _ in versions), places)


def respell(text: str, form: View | None, folded: View | None) -> Respelt | None:
    """``None`` when there is nothing in the view that is not in the text or its folded view.

    ``form`` is the text in compatible letters, ``None`` where it has no odd ones.
    """
    if form is None:
        parts = _parts(text)
        return Respelt(text, None, (), parts) if parts else None
    plain, places = _without_marks(*form)
    base, changed = _in_latin(plain, is_ornate=len(plain) < len(form.text))
    parts = _parts(base)
    if not parts and (not changed or (folded and base == folded.text)):
        return None
    return Respelt(base, places, changed, parts)


def _is_inside_word(text: str, part: _Part) -> bool:
    around = text[max(0, part.start - 1) : part.start] + text[part.end : part.end + 1]
    return not _BESIDE_WORDS.issuperset(around)


def _letters(text: str, reading: Iterable[int], one: str) -> str:
    """What a reading's characters stand for."""
    return "".join(map(text.__getitem__, reading)).translate(_READ[one])


def _stretches(text: str, changed: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is changed with what stands around it, cut between words."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(changed):
        begin = text.rfind(" ", 0, max(0, start - AROUND)) + 1
        stop = text.find(" ", end + AROUND)
        stop = len(text) if stop < 0 else stop
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((begin, stop))
    return found


def _without_marks(text: str, places: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Marks that no letter has taken up are strokes and ornaments."""
    if not _MARKS.search(text):
        return text, places
    kept = [place for place, character in enumerate(text) if not _MARKS.match(character)]
    return "".join([text[place] for place in kept]), [*(places[place] for place in kept), places[-1]]


class _Alike(dict[int, str]):
    """For ``str.translate``: every character's look-alike, worked out once."""

    def __missing__(self, number: int) -> str:
        character = chr(number)
        alike = self[number] = character if number < 128 else look_alike(character)
        return alike


_ALIKE = _Alike()


def _in_latin(text: str, *, is_ornate: bool) -> tuple[str, list[tuple[int, int]]]:
    """The text with the words that are wholly drawn with look-alikes in Latin letters, place by place, and where.

    In an ornate text, where there were marks that belong to no letter, every accent is taken for an ornament.
    """
    latin = text.translate(_ALIKE)
    if latin == text:
        return text, [(0, len(text))] if is_ornate else []
    words = [word.span() for word in _WORD.finditer(latin) if word[0].isascii()]
    drawn = [(start, end) for start, end in words if not text[start:end].isascii()]
    is_apart = any(end == start + 1 for start, end in drawn) and _APART.search(latin) is not None
    changed = [(start, end) for start, end in drawn if is_ornate or _is_disguise(text[start:end], is_apart=is_apart)]
    pieces = []
    done = 0
    for start, end in changed:
        pieces += [text[done:start], latin[start:end]]
        done = end
    return "".join([*pieces, text[done:]]), [(0, len(text))] if is_ornate else changed


def _is_disguise(word: str, *, is_apart: bool) -> bool:
    """Whether it is no honest word with accents: other scripts are in it, or most of its letters are odd. Or a letter
    where letters are set apart."""
    if len(word) < SHORTEST:
        return is_apart and len(word) == 1
    odd = [character for character in word if not character.isascii()]
    return 2 * len(odd) >= len(word) or not all(_WESTERN.match(character) for character in odd)


_WESTERN = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
"""Letters that honest words of languages in Latin script have."""


def _parts(text: str) -> list[_Part]:
    singles = _HAS_SINGLES.search(text)
    if singles is None:
        return _signed(text, 0, len(text)) if _HAS_SIGNS.search(text) else []
    parts: list[_Part] = []
    taken = 0
    for apart in _APART.finditer(text, max(0, singles.start() - WIDEST_GAP)):
        parts += _signed(text, taken, apart.start())
        parts += _set_apart(text, apart)
        taken = apart.end()
    return parts + _signed(text, taken, len(text))


def _set_apart(text: str, found: re.Match[str]) -> Iterator[_Part]:
    gap = found["gap"]
    places = list(range(found.start(), found.end(), 1 + len(gap)) if gap else _without(text, *found.span(), GAPS))
    readings = [places]
    if gap and gap.isspace():
        if text[places[0]] in MAY_STAND_ALONE:
            readings.append(places[1:])
        if text[places[-1]] in MAY_STAND_ALONE:
            readings.append(places[:-1])
    if _WORD_IN_DISGUISE.fullmatch("".join(text[place] for place in places)):
        yield _Part(*found.span(), tuple(readings))


def _without(text: str, start: int, end: int, signs: AbstractSet[str]) -> list[int]:
    return [place for place in range(start, end) if text[place] not in signs]


def _signed(text: str, start: int, end: int) -> list[_Part]:
    """The words of which signs are part, looked for only between the blanks around a sign."""
    parts: list[_Part] = []
    for sign in _HAS_SIGNS.finditer(text, start, end):
        if sign.start() < start:
            continue
        start = max(start, text.rfind(" ", 0, sign.start()) + 1)
        stop = text.find(" ", sign.end(), end)
        stop = end if stop < 0 else stop
        if stop - start >= SHORTEST:
            parts += filter(None, map(_read_run, _RUN.finditer(text, start, stop)))
        start = stop
    return parts


def _read_run(run: re.Match[str]) -> _Part | None:
    written = run[0]
    if len(written) < SHORTEST or written.isalpha():
        return None
    core = written.strip(_EDGES).lstrip("" if written.startswith("|") and written[-1].isalnum() else "|")
    if core.isalpha() or not _WORD_IN_DISGUISE.fullmatch(core) or _NOT_A_WORD.match(written):
        return None
    first = run.start() + written.index(core)
    last = first + len(core)
    return _Part(first, last, (_without(run.string, first, last, _BETWEEN),))


def _read(text: str, parts: Iterable[_Part], stretch: tuple[int, int], one: str) -> tuple[str, list[int]]:
    """A stretch with its parts read, and the place of each code point and one past the last."""
    letters: list[str] = []
    places: list[int] = []
    done, end = stretch
    for part in parts:
        if not stretch[0] <= part.start < end:
            continue
        letters.append(text[done : part.start])
        places += range(done, part.start)
        for number, reading in enumerate(part.readings):
            if number:
                letters.append(" ")
                places.append(part.start)
            letters.append(_letters(text, reading, one))
            places += reading
        done = part.end
    letters.append(text[done:end])
    places += range(done, end + 1)
    return "".join(letters), places
