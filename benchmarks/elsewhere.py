"""``python -m benchmarks.elsewhere FOLDER``: finds the posts of public collections that we have labelled.

``data/elsewhere.jsonl`` holds no texts, only labels, as the probability in percent that a rule is broken: a post is
known by a digest of its title. The folder holds clones of the repositories that are named below; what is found is
written to a file that is not part of the project, and ``benchmarks.relearn`` learns from it. None of these posts is
part of the measuring data or of its backlog.
"""

import csv
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

LABELS = Path(__file__).parent / "data" / "elsewhere.jsonl"
TEXTS = Path(__file__).parent / "data" / "elsewhere_texts.jsonl"
LONGEST = 3_000
"""Code points of a body: more is not learned from."""
_BETWEEN_WORDS = re.compile(r"\W+")
MARKDOWN_LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
Post = Mapping[str, str]


def main(folder: Path) -> None:
    missing = [name for name in COLLECTIONS if not (folder / name).is_dir()]
    if missing:
        sys.exit("\n".join(f"git clone https://github.com/{name} {folder / name}" for name in missing))
    wanted = {json.loads(line)["id"] for line in LABELS.read_text(encoding="utf-8").splitlines()}
    found: dict[str, Post] = {}
    for name, read in COLLECTIONS.items():
        for post in read(folder / name):
            number = digest(post["title"])
            if number in wanted:
                found.setdefault(number, {"id": number, **post})
    TEXTS.write_text("".join(f"{json.dumps(post)}\n" for post in found.values()), encoding="utf-8")
    print(f"{len(found):,} of {len(wanted):,} labelled posts were found")


def found() -> Iterator[dict[str, Any]]:
    """The labelled posts with their texts, ``kind`` and ``percent``, the labels by name; none before they are found."""
    if not TEXTS.exists():
        print(
            "The posts of public collections are left out: `python -m benchmarks.elsewhere` finds them.",
            file=sys.stderr,
        )
        return
    labels = {each.pop("id"): each for each in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines())}
    for post in map(json.loads, TEXTS.read_text(encoding="utf-8").splitlines()):
        yield {"kind": "post", **post, "percent": labels[post["id"]]}


def digest(title: str) -> str:
    """What a post is known by, whatever its case and punctuation."""
    return hashlib.sha256(_BETWEEN_WORDS.sub(" ", title.lower()).strip().encode()).hexdigest()[:16]


def _front_pages(folder: Path) -> Iterator[Post]:
    """Posts of a news site, 2016."""
    for row in _rows(folder / "hacker_news.csv"):
        yield {"title": row["title"], "url": row["url"]}


def _technology(folder: Path) -> Iterator[Post]:
    """Titles of two forums, 2019."""
    for row in _rows(folder / "data_collection" / "controversy_data" / "controversy_data" / "submission_2019.csv"):
        yield {"title": row["title"], "url": ""}


def _links(folder: Path) -> Iterator[Post]:
    """Headlines of the technology press, since 2018."""
    for path in sorted(folder.glob("docs/*.md")):
        for title, url in MARKDOWN_LINK.findall(path.read_text(encoding="utf-8")):
            yield {"title": title.strip(), "url": url}


def _forums(folder: Path) -> Iterator[Post]:
    """The best of 2,500 forums until 2013; a post without a link links to itself."""
    for path in sorted(folder.glob("data/*.csv")):
        for row in _rows(path):
            link = row["url"] or ""
            url = "" if "reddit.com" in link and "/comments/" in link else link
            yield {"title": row["title"], "url": url, "body": (row["selftext"] or "")[:LONGEST]}


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        yield from csv.DictReader(lines)


COLLECTIONS: Mapping[str, Callable[[Path], Iterator[Post]]] = {
    "sinvik/Exploring_Hackers_News_Posts": _front_pages,
    "isi-nlp/isi_darma": _technology,
    "pberry/ridehome": _links,
    "umbrae/reddit-top-2.5-million": _forums,
}

if __name__ == "__main__":
    main(Path(sys.argv[1]))
