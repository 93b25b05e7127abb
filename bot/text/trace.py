"""What is kept of an item to recognise its like later: the link's canonical form, its words, and a sketch of them.

The sketch is a MinHash of runs of letters (A. Broder, "On the resemblance and containment of documents", 1997): the
share of equal places of two sketches estimates the share of runs that two texts have in common. Letters and not words,
so that it works in languages without spaces.
"""

import hashlib
import re
import struct
import unicodedata

from rensa import RMinHash

from bot.domain.history import Trace
from bot.domain.item import Author, Item, Post
from bot.text.urls import canonical, host_of, registrable_domain

RUN = 5
"""Letters of one run."""
PLACES = 64
BANDS = 16
"""Texts that share a band of four places are compared: of two with eight tenths in common nearly all are found, of two
with three tenths one in eight."""
NEAR = 0.8
"""Share of equal places from which two texts count as nearly the same."""
LEAST_LETTERS = 20
"""A shorter text (*thanks!*) is the same as many others without meaning anything."""
MOST_LETTERS = 4_000
SEED = 1
_NO_WORD = re.compile(r"\W+")


def trace_of(item: Item) -> Trace | None:
    """``None`` for an item without a time of publication."""
    if item.published is None:
        return None
    url = item.url if isinstance(item, Post) else ""
    title = item.title if isinstance(item, Post) else ""
    words = _NO_WORD.sub(" ", unicodedata.normalize("NFKC", f"{title or ''} {item.body or ''}").casefold()).strip()
    is_long = len(words.replace(" ", "")) >= LEAST_LETTERS
    community = item.community.full_name
    return Trace(
        item.ref,
        item.published,
        author=full_name(item.author),
        community=community.lower() if community else None,
        link=canonical(url) if url else None,
        domain=registrable_domain(host_of(url)) or None if url else None,
        text=hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=16).hexdigest() if is_long else None,
        sketch=_sketch(words[:MOST_LETTERS]) if is_long else (),
    )


def full_name(author: Author) -> str | None:
    """``name@instance``, or the name alone where no instance is told, lower case; ``None`` when it is not known."""
    if not author.name:
        return None
    return (f"{author.name}@{author.instance}" if author.instance else author.name).lower()


def bands(sketch: tuple[int, ...]) -> list[int]:
    """What two nearly equal sketches have at least one of in common; 16 numbers of 63 bits, or none."""
    rows = PLACES // BANDS
    return [_band(start, sketch[start : start + rows]) for start in range(0, len(sketch), rows)]


def is_near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two texts have at least NEAR of their runs in common, by their sketches."""
    return bool(one) and sum(map(int.__eq__, one, other)) >= NEAR * PLACES


def _sketch(words: str) -> tuple[int, ...]:
    minhash = RMinHash(num_perm=PLACES, seed=SEED)
    minhash.update(sorted({words[at : at + RUN] for at in range(len(words) - RUN + 1)}))
    return tuple(minhash.digest())


def _band(start: int, rows: tuple[int, ...]) -> int:
    packed = struct.pack(f"<B{len(rows)}I", start, *rows)
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "big") >> 1
