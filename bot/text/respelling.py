"""The third view of a text, in which words that are written to slip past a word list are spelt as they are read.

Undone are, word by word: digits and signs for letters (``cr7pt0``), signs between letters (``cry.pto``), letters set
apart (``c r y p t o``), letters struck out, and whole words drawn with letters of other alphabets. Such a reading is a
guess, so whoever searches this view asks for whole words long enough that no honest writing spells them by chance.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from bot.text.folding import Folded
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
GAPS = frozenset(".,*_~|^=/\\-")
"""Signs that set letters apart, in any mixture."""
BETWEEN = frozenset(".*_~^=°·•‧∙・-")
"""Signs that stand between the letters of one word in little honest writing."""
MAY_STAND_ALONE = frozenset("aiouAIOU")
"""Letters that are words themselves, so that they may not belong to the letters set apart beside them."""

_EDGES = "!+.*_~^=°·•‧∙・-"
_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
_WORD = re.compile(r"[\w@$|!+]+")
_APART = re.compile(
    r"(?<![^\W_])[A-Za-z0-9@$](?P<gap>[^\w\n]{1,3}|_{1,3})[A-Za-z0-9@$!|](?:(?P=gap)[A-Za-z0-9@$!|]){2,}(?![^\W_])"
    r"|(?<![^\W_])[A-Za-z0-9@$](?:[.,*_~|^=/\\-]{1,3}[A-Za-z0-9@$!]){3,}(?![^\W_])"
)
_RUN = re.compile(
    r"\w+://\S+|www\.\S+|[A-Za-z0-9@$]{1,2}(?:-[A-Za-z0-9@$]{1,2}){2,}(?![\w-])|[^\s,;:\"'()\[\]{}<>?/\\-]+"
)
_NOT_A_WORD = re.compile(r"\w+://|www\.|\S*(?:@[\w-]+\.|\.(?:com|org|net|io|dev|html?|php|png|jpe?g)\b)", re.IGNORECASE)
# These two only ask where to look closer. They begin with what is rare, and look back afterwards: that is fast.
_HAS_SIGNS = re.compile(
    r"[0-9@$|!+.*_~^=°·•‧∙・](?:(?<=[A-Za-z].)[0-9@$|!+.*_~^=°·•‧∙・]*[A-Za-z]|(?<![0-9@$|!+].)(?<=[0-9@$|!+])[0-9@$|!+]*[A-Za-z]"
    r"|(?<=[A-Za-z][0-9@$])(?![A-Za-z]))"
    r"|-(?=[A-Za-z0-9@$]{1,2}-[A-Za-z])"
)
_HAS_SINGLES = re.compile(
    r"[^A-Za-z0-9][A-Za-z0-9@$!|][^A-Za-z0-9]{1,3}[A-Za-z0-9@$!|][^A-Za-z0-9]{1,3}[A-Za-z0-9@$!|](?![A-Za-z0-9])"
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a text and its readings, each the places of the letters that are left."""

    start: int
    end: int
    readings: tuple[Sequence[int], ...]


def respell(text: str, form: Folded | None, folded: str | None) -> Folded | None:
    """The view and, for each of its code points and one past the last, its place in the text; ``None`` when there is
    nothing in it that is not in the text or its folded view.

    ``form`` is the text in compatible letters, ``None`` for one in ASCII. The view holds the respelt words with what
    stands around them, each stretch on a line of its own, and all of it twice where a ``1`` can be read in two ways.
    """
    given: str
    places: Sequence[int]
    given, places = form or (text, range(len(text) + 1))
    base = given
    changed: list[tuple[int, int]] = []
    if not given.isascii():
        plain, places = _without_marks(given, places)
        base, changed = _in_latin(plain, is_ornate=len(plain) < len(given))
    parts = list(_parts(base))
    if not parts and (not changed or base == folded):
        return None
    stretches = _stretches(base, changed + [(part.start, part.end) for part in parts])
    ones = "il" if any(base[place] == ONE for part in parts for place in part.readings[0]) else "i"
    versions = [_read(base, parts, stretch, one) for one in ones for stretch in stretches]
    respelt = "\n".join(letters for letters, _ in versions)
    return respelt, tuple(places[place] for _, kept in versions for place in kept)


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
    is_apart = _APART.search(latin) is not None
    changed = [
        word.span()
        for word in _WORD.finditer(latin)
        if word[0].isascii() and _is_drawn(text[word.start() : word.end()], is_apart=is_apart, is_ornate=is_ornate)
    ]
    pieces = []
    done = 0
    for start, end in changed:
        pieces += [text[done:start], latin[start:end]]
        done = end
    return "".join([*pieces, text[done:]]), [(0, len(text))] if is_ornate else changed


def _is_drawn(word: str, *, is_apart: bool, is_ornate: bool) -> bool:
    return not word.isascii() and (is_ornate or _is_disguise(word) or (is_apart and len(word) == 1))


def _is_disguise(word: str) -> bool:
    """Whether it is no honest word with accents: other scripts are in it, or most of its letters are odd."""
    if len(word) < SHORTEST:
        return False
    odd = [character for character in word if not character.isascii()]
    return 2 * len(odd) >= len(word) or not all(_WESTERN.match(character) for character in odd)


_WESTERN = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
"""Letters that honest words of languages in Latin script have."""


def _parts(text: str) -> Iterator[_Part]:
    taken = 0
    for apart in _APART.finditer(text) if _HAS_SINGLES.search(text) else ():
        yield from _signed(text, taken, apart.start())
        yield from _set_apart(text, apart)
        taken = apart.end()
    yield from _signed(text, taken, len(text))


def _set_apart(text: str, found: re.Match[str]) -> Iterator[_Part]:
    gap = found["gap"]
    places = list(range(found.start(), found.end(), 1 + len(gap)) if gap else _without(text, *found.span(), GAPS))
    readings = [places]
    if gap and gap.isspace():
        if text[places[0]] in MAY_STAND_ALONE:
            readings.append(places[1:])
        if text[places[-1]] in MAY_STAND_ALONE:
            readings.append(places[:-1])
    if _is_word(text, places):
        yield _Part(*found.span(), tuple(readings))


def _without(text: str, start: int, end: int, signs: AbstractSet[str]) -> list[int]:
    return [place for place in range(start, end) if text[place] not in signs]


def _signed(text: str, start: int, end: int) -> Iterator[_Part]:
    """The words of which signs are part, looked for only between the blanks around a sign."""
    for sign in _HAS_SIGNS.finditer(text, start, end):
        if sign.start() < start:
            continue
        start = max(start, text.rfind(" ", 0, sign.start()) + 1)
        stop = text.find(" ", sign.end(), end)
        stop = end if stop < 0 else stop
        for run in _RUN.finditer(text, start, stop):
            yield from _read_run(text, run)
        start = stop


def _read_run(text: str, run: re.Match[str]) -> Iterator[_Part]:
    if run[0].isalpha() or _NOT_A_WORD.match(run[0]):
        return
    core = run[0].strip(_EDGES).lstrip("" if run[0].startswith("|") and run[0][-1].isalnum() else "|")
    first = run.start() + run[0].index(core)
    places = _without(text, first, first + len(core), BETWEEN)
    if not core.isalpha() and _is_word(text, places):
        yield _Part(first, first + len(core), (places,))


def _is_word(text: str, places: Sequence[int]) -> bool:
    """Whether the places hold a word: nothing but letters and what stands for them, and not digits alone or nearly."""
    if len(places) < SHORTEST or sum(not text[place].isdigit() for place in places) < FEWEST_LETTERS:
        return False
    return all(_letter(text[place], "i") for place in places)


def _letter(character: str, one: str) -> str:
    """The letter for which a character stands; empty for none."""
    if character.isascii() and character.isalpha():
        return character
    return one if character == ONE else SIGNS.get(character, "")


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
            letters += [_letter(text[place], one) for place in reading]
            places += reading
        done = part.end
    letters.append(text[done:end])
    places += range(done, end + 1)
    return "".join(letters), places
