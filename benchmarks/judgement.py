"""``python -m benchmarks.judgement``: how good the learned checkers are on items that they have not seen.

Five folds over all labelled items; measured on all of them, and on the smaller file alone, which is drawn like what is
to come. In each fold words and points are found anew from the other four, and from what is only learned from, so
they have not seen the items they are measured on. The bands are the shipped ones, and the hand-written signals saw
all items: whoever wrote them read them, so expect less of new ones. Needs the measuring data beside the checkout, or in
a folder that is named.
"""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from sklearn.model_selection import StratifiedKFold

from benchmarks.training import CHECKOUT, DATA, LABELLED, RECIPES, further_items, labelled_items, unlabelled_texts
from bot.audit.intervals import wilson
from bot.audit.labelled import LABELS, read_labelled_files
from bot.audit.scored import scored_in
from bot.checks.scored import Bands
from bot.learn.fit import fit, total
from bot.learn.learning import divided, kindred_vectors
from bot.learn.sample import Case, cases_of
from bot.learn.vectors import Vectors
from bot.rulebook.load import load

FOLDS = 5
SEED = 11
HARD = {"ceo_rant": ("ceo_mentioned", "hard negatives"), "crypto": ("crypto_topic", "essential items")}
"""Flags of items that look like a breach and are none."""

Said = Sequence[tuple[Case, str]]


def main(folder: Path = DATA) -> None:
    if not folder.is_dir():
        sys.exit(f"{folder} is not there: nothing to measure with")
    small = {each.id for each in read_labelled_files([str(folder / LABELLED[0])])}
    flags = _flags(folder)
    labelled = labelled_items(folder)
    book = load([CHECKOUT / "rules"])
    for rule in book.rules:
        label, checker = LABELS.get(rule.sidebar or 0, ""), scored_in(rule.when)
        if checker is None or rule.sidebar is None or label not in RECIPES:
            continue
        further = further_items(label, folder)
        cases, also = divided(cases_of(book, checker, rule.sidebar, [*labelled, *further]), further)
        vectors = kindred_vectors(checker, unlabelled_texts(label, folder))
        said = _unseen(cases, also, vectors, checker.bands)
        _print_shares(label, "all", said)
        _print_shares(label, "small file", [each for each in said if each[0].labelled.id in small])
        _print_alarms(label, said, flags)


def _flags(folder: Path) -> Mapping[str, Mapping[str, bool]]:
    lines = (line for name in LABELLED for line in (folder / name).read_text(encoding="utf-8").splitlines())
    return {each["id"]: each["flags"] for each in map(json.loads, lines)}


def _unseen(cases: Sequence[Case], also: Sequence[Case], vectors: Vectors | None, bands: Bands) -> Said:
    """What each case is told by a model that has not seen it."""
    strata = [f"{case.breaks}{case.labelled.is_borderline}" for case in cases]
    answers = ["no"] * len(cases)
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(strata, strata):
        weights = fit([*(cases[number] for number in seen), *also], vectors)
        for number in unseen:
            case = cases[number]
            points = total(case, weights) if case.is_open else 0
            if points >= bands.doubtful:
                answers[number] = "certain" if points >= bands.certain and not case.is_doubted else "doubtful"
    return list(zip(cases, answers, strict=True))


def _fires(said: str, tier: str) -> bool:
    return said == "certain" or (tier == "any" and said == "doubtful")


def _print_shares(label: str, name: str, said: Said) -> None:
    clear = [(case, answer) for case, answer in said if not case.labelled.is_borderline]
    positives = sum(case.breaks for case, _ in clear)
    for tier in ("certain", "any"):
        fired = [case for case, answer in clear if _fires(answer, tier)]
        right = sum(case.breaks for case in fired)
        print(f"{label:14} {name:10} {tier:8} {_share('P', right, len(fired))}  {_share('R', right, positives)}")


def _print_alarms(label: str, said: Said, flags: Mapping[str, Mapping[str, bool]]) -> None:
    harmless = [(case, answer) for case, answer in said if not case.breaks]
    blindly = [answer for case, answer in harmless if case.labelled.is_random]
    drawn = sum(case.labelled.is_random for case, _ in said)
    flag, name = HARD.get(label, ("", ""))
    hard = [answer for case, answer in harmless if flags[case.labelled.id].get(flag)]
    for tier in ("certain", "any"):
        print(f"{label:14} false alarms in items drawn blindly: {tier:8} {_alarms(blindly, tier)} of {drawn}")
        if hard:
            print(f"{label:14} {name}: {tier:8} {_alarms(hard, tier)} of {len(hard)}")


def _alarms(answers: Iterable[str], tier: str) -> int:
    return sum(_fires(answer, tier) for answer in answers)


def _share(name: str, hits: int, whole: int) -> str:
    low, high = wilson(hits, whole)
    return f"{name} {hits / max(1, whole):.2f} ({low:.2f} to {high:.2f}, {hits} of {whole})"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
