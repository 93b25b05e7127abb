"""``python -m benchmarks.pictures``: fits the weights by which pictures of text are told, and says how good they are.

Nested cross-validation: the strength of the regularisation is chosen inside each training part, so that the held-out
tenth has no say in anything. Besides, each kind of picture is left out whole, which tells how far the weights carry to
kinds they never saw. Needs the measuring data beside the checkout; with ``--write`` the weights are stored.
"""

import argparse
import json
import math
import random
import resource
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from bot.facts.look import numbers_of
from bot.facts.model import CERTAIN, LIKELY
from bot.facts.opening import open_picture
from bot.facts.rapid import RapidOcr
from bot.facts.reading import TextReader
from bot.facts.tesseract import Tesseract

CHECKOUT = Path(__file__).parents[1]
DATA = CHECKOUT.parent / "shared" / "data"
WEIGHTS = CHECKOUT / "bot" / "facts" / "weights.json"
A = TypeVar("A")
B = TypeVar("B")
PIXELS = "pixels"
MODELS: Mapping[str, tuple[str, ...]] = {
    PIXELS: ("in_lines", "covered", "still", "crisp", "upright"),
    **dict.fromkeys(("RapidOCR", "tesseract"), ("stacked", "in_lines", "covered", "still", "upright")),
}
STRENGTHS = (0.1, 0.3, 1.0, 3.0, 10.0)
ROUNDS = 5


@dataclass(frozen=True)
class Table:
    """One row a picture."""

    numbers: np.ndarray
    is_text: np.ndarray
    kinds: Sequence[str]

    def only(self, rows: Sequence[int]) -> "Table":
        return Table(self.numbers[rows], self.is_text[rows], [self.kinds[row] for row in rows])


@dataclass(frozen=True)
class Fit:
    """Bias and weights for the numbers as they are."""

    weights: np.ndarray

    def likely(self, numbers: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-self.weights[0] - numbers @ self.weights[1:]))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, default=DATA)
    arguments.add_argument("--write", action="store_true", help="store the weights in bot/facts/weights.json")
    given = arguments.parse_args()
    labels = given.data / "images_dev.jsonl"
    if not labels.exists():
        sys.exit(f"{labels} is not there: nothing to measure with")
    rows = [json.loads(line) for line in labels.read_text().splitlines()]
    stored = json.loads(WEIGHTS.read_text())
    for name, found in _numbers([given.data / "images" / row["file"] for row in rows]).items():
        chosen = MODELS[name]
        table = Table(
            np.array([[numbers[each] for each in chosen] for numbers in found]),
            np.array([float(row["screenshot"]) for row in rows]),
            [row["kind"] for row in rows],
        )
        _report(name, table, [row["file"] for row in rows])
        fit = _fit(table, _strength(table, seed=0))
        weights = {each: round(float(value), 4) for each, value in zip(chosen, fit.weights[1:], strict=True)}
        stored[name] = {"bias": round(float(fit.weights[0]), 4), "weights": weights}
    if given.write:
        WEIGHTS.write_text(json.dumps(stored, indent=2) + "\n")


def _numbers(files: Sequence[Path]) -> dict[str, list[Mapping[str, float]]]:
    """What each model may weigh of each picture; how long it took is told."""
    images = _timed("opening", lambda file: open_picture(file.read_bytes()), files)
    found = {PIXELS: _timed("measuring", lambda image: numbers_of(image, None), images)}
    for reader in _readers():
        reader.read(images[0])  # its models are loaded
        lines = _timed(f"reading with {reader.name}", reader.read, images)
        found[reader.name] = [numbers_of(*each) for each in zip(images, lines, strict=True)]
    return found


def _readers() -> Iterator[TextReader]:
    yield RapidOcr()
    program = shutil.which("tesseract")
    if program is None:
        print("tesseract is not installed: its weights stay as they are")
    else:
        yield Tesseract(program)


def _timed(what: str, work: Callable[[A], B], inputs: Sequence[A]) -> list[B]:
    results, times = [], []
    for each in inputs:
        began = _work()
        results.append(work(each))
        times.append(_work() - began)
    times.sort()
    middle, p99 = statistics.median(times), times[int(0.99 * len(times))]
    print(f"{what}: median {middle * 1e3:.0f} ms, 99 % within {p99 * 1e3:.0f} ms of one core")
    return results


def _work() -> float:
    """Seconds of processor time so far, of ours and of processes that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _report(name: str, table: Table, files: Sequence[str]) -> None:
    likely = [_held_out(table, seed) for seed in range(ROUNDS)]
    print(f"\n{name}: {', '.join(MODELS[name])}; {len(files)} pictures, {ROUNDS} × nested 10-fold cross-validation")
    is_text = table.is_text == 1
    for what, sure in (("all", LIKELY), ("certain", CERTAIN)):
        yes = [each >= sure for each in likely]
        hits = sum(int((each & is_text).sum()) for each in yes) / ROUNDS
        print(f"  {what:8}", _share("P", hits, sum(int(each.sum()) for each in yes) / ROUNDS), end="  ")
        print(_share("R", hits, int(is_text.sum())))
    middle = np.mean(likely, axis=0)
    wrong = [row for row in range(len(files)) if (middle[row] >= LIKELY) != is_text[row]]
    print("  wrong on the average:", [f"{table.kinds[row]} {files[row]} {middle[row]:.2f}" for row in wrong])
    for kind in sorted(set(table.kinds)):
        there = [row for row, each in enumerate(table.kinds) if each == kind]
        rest = [row for row, each in enumerate(table.kinds) if each != kind]
        right = (_fit(table.only(rest), 1.0).likely(table.numbers[there]) >= LIKELY) == is_text[there]
        print(f"  never having seen one {kind}: {int(right.sum())} of {len(there)} right")


def _held_out(table: Table, seed: int) -> np.ndarray:
    likely = np.zeros(len(table.kinds))
    for part in _parts(table.kinds, 10, seed):
        rest = table.only([row for row in range(len(table.kinds)) if row not in set(part)])
        likely[part] = _fit(rest, _strength(rest, seed + 100)).likely(table.numbers[part])
    return likely


def _strength(table: Table, seed: int) -> float:
    return min(STRENGTHS, key=lambda strength: _loss(table, strength, seed))


def _loss(table: Table, strength: float, seed: int) -> float:
    loss = 0.0
    for part in _parts(table.kinds, 5, seed):
        rest = [row for row in range(len(table.kinds)) if row not in set(part)]
        likely = np.clip(_fit(table.only(rest), strength).likely(table.numbers[part]), 1e-6, 1 - 1e-6)
        is_text = table.is_text[part]
        loss -= float((is_text * np.log(likely) + (1 - is_text) * np.log(1 - likely)).sum())
    return loss


def _parts(kinds: Sequence[str], count: int, seed: int) -> list[list[int]]:
    """Each kind of picture spread evenly."""
    chance = random.Random(seed)
    parts: list[list[int]] = [[] for _ in range(count)]
    place = 0
    for kind in sorted(set(kinds)):
        rows = [row for row, each in enumerate(kinds) if each == kind]
        chance.shuffle(rows)
        for row in rows:
            parts[place % count].append(row)
            place += 1
    return parts


def _fit(table: Table, strength: float) -> Fit:
    """Logistic regression with a ridge, by Newton's method on standardised numbers."""
    mean, spread = table.numbers.mean(0), table.numbers.std(0) + 1e-9
    inputs = np.c_[np.ones(len(table.kinds)), (table.numbers - mean) / spread]
    ridge = np.diag([1e-6] + [strength] * len(mean))
    weights = np.zeros(inputs.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-inputs @ weights))
        curve = (inputs * (likely * (1 - likely))[:, None]).T @ inputs + ridge
        step = np.linalg.solve(curve, inputs.T @ (likely - table.is_text) + ridge @ weights)
        weights = weights - step
        if np.abs(step).max() < 1e-8:
            break
    plain = weights[1:] / spread
    return Fit(np.r_[weights[0] - plain @ mean, plain])


def _share(name: str, hits: float, of: float) -> str:
    """With Wilson's interval of 95 %."""
    share, z = hits / of, 1.96
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return f"{name} {share:.3f} [{middle - half:.3f}, {middle + half:.3f}]"


if __name__ == "__main__":
    main()
