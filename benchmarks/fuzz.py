"""``python -m benchmarks.fuzz MINUTES [SEED]``: rule files, changed at random, until something breaks.

Whatever stands in a file, ``warden check`` answers with findings: it never raises, each finding of a line has a place
in it, and curing is done once and brings no new error.
"""

import random
import re
import sys
import tempfile
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from bot.app.checking import Checked, check, cure

CHECKOUT = Path(__file__).parents[1]
SEEDS = (
    *sorted((CHECKOUT / "rules").glob("*.yaml")),
    *sorted((CHECKOUT / "tests" / "data" / "broken").glob("*.yaml")),
)
LONGEST = 6_000
"""Bytes of a seed that are used: a long file hides what is changed in it."""
_WRITTEN = (
    r"-_ :_ [ ] { } ,_ \n \n__ \n____-_ |\n >-\n ' \" #_ &a_ *a !!set_ ---\n ...\n %YAML_1.1\n <<:_ ?_ ~ null",
    r"version:_1 rules: when: unless: then: tests: lists: id:_a sidebar:_1 stop:_true breaks: keeps: doubt:",
    r"title body ~title title+body author: domain: parent_post: any: all: none: condition: #2 {list:_a} (regex)",
    r"(includes) (full-exact,_case-sensitive) (?: a{1,999} .* \w+ [^ (?=x) \1 \/ (?P<n> \x{110000} (?i) + * ^ $",
    r">_5_years =_3_days 999999999 -1 0x10 12:30 yes no 1e999 co.uk www.a.org https://a.org/ {{match}} {{",
    "賭博 กา İ ß é \u0301 \u202e \u200b \U0001f600 \ud7ff #_warden:_allow_W005_because_x #_warden:_allow #_warden:",
)
"""What is put into a file; ``_`` stands for a blank."""
TOKENS = (
    *(token.replace("_", " ").replace("\\n", "\n").encode() for line in _WRITTEN for token in line.split()),
    *(token.encode() for token in ("\t", "\r\n", "\r", "\u2028", "\x85", "\ufeff", "\x00")),
    b"\xff",
)
_KEY = re.compile(rb"(?<=[{ ])~?[a-z_+]+(?:#[0-9])?(?: \([a-z, -]+\))?(?=: )")
_VALUE = re.compile(rb"(?<=[\[ ])[\w.-]+(?=[\],}\n])|'[^'\n]*'|\"[^\"\n]*\"")


def changed(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """A file with a few changes: in half of them only a key for a key and a value for a value, so that most load."""
    is_gentle = chance.random() < 0.5
    for _ in range(chance.randint(1, 4)):
        data = _exchanged(data, seeds, chance) if is_gentle else _damaged(data, seeds, chance)
    return data


def _exchanged(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    kind = chance.choice((_KEY, _VALUE, _VALUE))
    here, there = list(kind.finditer(data)), kind.findall(chance.choice(seeds))
    if not here or not there:
        return data
    found = chance.choice(here)
    return data[: found.start()] + chance.choice(there) + data[found.end() :]


def _damaged(data: bytes, seeds: Sequence[bytes], chance: random.Random) -> bytes:
    first = chance.randint(0, len(data))
    last = min(len(data), first + chance.choice((0, 1, 1, 2, 8, 40)))
    match chance.randrange(7):
        case 0:
            new = chance.choice(TOKENS)
        case 1:
            new = b""
        case 2:
            new = bytes([chance.randrange(256)])
        case 3:
            new = data[first:last] * chance.choice((2, 3, 20))
        case 4:
            lines = data.split(b"\n")
            chance.shuffle(lines)
            return b"\n".join(lines)
        case 5:
            other = chance.choice(seeds)
            start = chance.randint(0, len(other))
            new = other[start : start + chance.choice((5, 50, 400))]
        case _:
            new = chance.choice(TOKENS) + data[first:last]
    return data[:first] + new + data[last:]


def broken_promise(path: Path) -> str:
    """What is wrong with the answer about a file; empty when nothing is."""
    checked = check([path])
    for each in checked.findings:
        if not each.message or not each.help:
            return f"no message or no cure: {each}"
        if each.place.line and each.place.column - 1 > len(each.place.source):
            return f"beside its line: {each}"
        each.render()
    return _broken_cure(path, checked) if any(each.fix for each in checked.findings) else ""


def _broken_cure(path: Path, checked: Checked) -> str:
    cured = cure([path])
    if checked.rules and len(cured.left.errors) > len(checked.errors):
        return "curing brought new errors"
    for each, (_, after) in cured.files.items():
        each.write_bytes(after)
    return "curing is not done at once" if cure([path]).files else ""


def main() -> None:
    minutes = float(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    chance = random.Random(seed)
    seeds = [path.read_bytes()[:LONGEST] for path in SEEDS]
    runs = crashes = 0
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rules.yaml"
        ends = time.monotonic() + 60 * minutes
        while time.monotonic() < ends:
            data = changed(chance.choice(seeds), seeds, chance)
            path.write_bytes(data)
            began = time.process_time()
            try:
                wrong = broken_promise(path)
            except Exception:  # noqa: BLE001 - that is what is looked for
                wrong = traceback.format_exc()
            took = time.process_time() - began
            runs += 1
            if wrong or took > max(1.0, slowest):
                crashes += bool(wrong)
                print(f"--- {runs}, {took:.2f} s\n{wrong}\n{data!r}", flush=True)
            slowest = max(slowest, took)
    print(f"seed {seed}: {runs:,} files, {crashes} broken promises, slowest {slowest:.2f} s")
    sys.exit(1 if crashes else 0)


if __name__ == "__main__":
    main()
