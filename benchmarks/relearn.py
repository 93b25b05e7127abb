"""``python -m benchmarks.relearn [LABEL …]``: learn the points of the shipped checkers anew, as they were learned.

Needs the measuring data beside the checkout.
"""

import sys

from benchmarks.training import CHECKOUT, RECIPES, further_items, labelled_items, unlabelled_texts
from bot.app.cli.learn import SCHEMA
from bot.audit.labelled import LABELS
from bot.audit.scored import scored_in
from bot.learn.learning import learn
from bot.learn.model_file import about, model_text
from bot.rulebook.load import load

MODELS = CHECKOUT / "rules" / "checkers" / "models"


def main(labels: list[str]) -> None:
    book = load([CHECKOUT / "rules"])
    items = labelled_items()
    for rule in book.rules:
        label, checker = LABELS.get(rule.sidebar or 0, ""), scored_in(rule.when)
        if checker is None or rule.sidebar is None or label not in (labels or RECIPES):
            continue
        recipe = RECIPES[label]
        precision, also = (recipe.doubtful, recipe.certain), further_items(label)
        learnt = learn(book, checker, rule.sidebar, items, precision, also, unlabelled_texts(label))
        (MODELS / f"{label}.yaml").write_text(model_text(label, learnt, SCHEMA), encoding="utf-8")
        print("\n".join(about(label, learnt)))


if __name__ == "__main__":
    main(sys.argv[1:])
