"""``python -m benchmarks.judgement``: how good the learned checkers are on items that they have not seen.

Five folds over all labelled items; measured on all of them, and on the smaller file alone, which is drawn like what is
to come. In each fold the words, the points and both bands are found anew from the other four, so they have not seen the
items they are measured on. The hand-written signals have: whoever wrote them read the labelled items, so expect less of
new ones. Needs the measuring data beside the checkout, or in a folder that is named.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from sklearn.model_selection import StratifiedKFold

from bot.audit.intervals import wilson
from bot.audit.labelled import LABELS, read_labelled_files
from bot.audit.scored import scored_in
from bot.learn.calibrate import OUT_OF_REACH, Seen, TooFewExamples, bands_of
from bot.learn.fit import fit, total
from bot.learn.learning import seen_in, unseen_points
from bot.learn.sample import Case, cases_of
from bot.rulebook.load import load

CHECKOUT = Path(__file__).parents[1]
DATA = CHECKOUT.parent / "shared" / "data"
FILES = ("labelled_dev.jsonl", "labelled_more.jsonl")
PROMISED = {
    "ceo_rant": (0.9, 0.95),
    "advertisement": (0.93, 0.98),
    "crypto": (0.92, 0.975),
    "low_effort": (0.88, None),
}
"""Precision of the doubtful and of the certain band, as the shipped models promise it."""
FOLDS = 5


def main(folder: Path = DATA) -> None:
    if not folder.is_dir():
        sys.exit(f"{folder} is not there: nothing to measure with")
    small = {each.id for each in read_labelled_files([str(folder / FILES[0])])}
    labelled = read_labelled_files([str(folder / name) for name in FILES])
    book = load([CHECKOUT / "rules"])
    for rule in book.rules:
        label = LABELS.get(rule.sidebar or 0, "")
        checker = scored_in(rule.when)
        if checker is None or rule.sidebar is None or label not in PROMISED:
            continue
        cases = cases_of(book, checker, rule.sidebar, labelled)
        answers = _nested(cases, *PROMISED[label])
        for name, chosen in (("all", set()), ("small file", small)):
            kept = [
                (case, said)
                for case, said in zip(cases, answers, strict=True)
                if not case.labelled.is_borderline and (not chosen or case.labelled.id in chosen)
            ]
            for tier in ("certain", "any"):
                print(f"{label:14} {name:10} {tier:8} {_measured(kept, tier)}")


def _nested(cases: Sequence[Case], doubtful: float, certain: float | None) -> list[str]:
    """What each case would be told by a model, and by bands, that have not seen it."""
    strata = [f"{case.breaks}{case.labelled.is_borderline}" for case in cases]
    answers = ["no"] * len(cases)
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=11).split(strata, strata):
        known = [cases[number] for number in seen]
        weights = fit(known)
        found = seen_in(known, unseen_points(known))
        low, high = _bands(found, doubtful, certain)
        for number in unseen:
            case = cases[number]
            points = total(case, weights) if case.is_open else 0
            if points >= low:
                answers[number] = "certain" if points >= high and not case.is_doubted else "doubtful"
    return answers


def _bands(seen: Sequence[Seen], doubtful: float, certain: float | None) -> tuple[int, int]:
    """Where the promise of certainty is not borne out, nothing is certain."""
    try:
        bands = bands_of(seen, doubtful, certain)
    except TooFewExamples:
        bands = bands_of(seen, doubtful, None)
    return bands.doubtful, bands.certain or OUT_OF_REACH


def _measured(kept: Sequence[tuple[Case, str]], tier: str) -> str:
    fired = [case for case, said in kept if said == "certain" or (tier == "any" and said == "doubtful")]
    right, positives = sum(case.breaks for case in fired), sum(case.breaks for case, _ in kept)
    return "  ".join(_share(name, right, whole) for name, whole in (("P", len(fired)), ("R", positives)))


def _share(name: str, hits: int, whole: int) -> str:
    low, high = wilson(hits, whole)
    return f"{name} {hits / max(1, whole):.2f} ({low:.2f} to {high:.2f}, {hits} of {whole})"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
