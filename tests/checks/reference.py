"""A scored checker, written straight from its definition: every signal is asked in full. Slow, and easy to believe."""

from bot.checks.learned import Learned
from bot.checks.points import Points, sum_of
from bot.checks.scored import MOST_SHOWN, Scored
from bot.checks.signal import Effect
from bot.domain.answer import Answer, No, Unknown, Yes, doubtful, every


def answer(checker: Scored, subject) -> Answer:
    needed = every(signal.check.answer(subject) for signal in checker.having(Effect.NEEDS))
    total = points(checker, subject)
    cleared = {signal.id: signal.check.answer(subject) for signal in checker.having(Effect.CLEARS)}
    if isinstance(needed, No) or total.most < checker.bands.doubtful or any(map(is_certain, cleared.values())):
        return No()
    why = [needed.why] if isinstance(needed, Unknown) else []
    why += [f"whether “{name}” clears it cannot be told" for name, said in cleared.items() if not isinstance(said, No)]
    if why:
        return Unknown("; ".join(why))
    if total.present < checker.bands.doubtful:
        return Unknown("; ".join(dict.fromkeys(total.unknown)))
    doubt = f"{total.present} of {checker.bands.certain} points"
    if total.least >= checker.bands.certain:
        said = Yes(total.evidence[:MOST_SHOWN])
    else:
        said = Yes(total.evidence[:MOST_SHOWN], certain=False, doubt=doubt)
    return doubted(said if is_certain(needed) else doubtful(said, "what it needs is in doubt"), checker, subject)


def points(checker: Scored, subject) -> Points:
    """Those of signals that may hold wherever nothing stands come first, and those of words last."""
    weighed = sorted(checker.having(Effect.WEIGHT), key=lambda signal: bool(signal.hint))
    learned = [signal for signal in checker.signals if isinstance(signal, Learned)]
    return sum_of([signal.points(subject) for signal in (*weighed, *learned)])


def doubted(said: Yes, checker: Scored, subject) -> Answer:
    for signal in checker.having(Effect.DOUBT):
        match signal.answer(subject):
            case Yes(evidence):
                why = f"it may be all right: {signal.id.replace('-', ' ')}"
                return Yes(said.evidence + evidence, certain=False, doubt=why)
            case Unknown() if said.certain:
                said = Yes(said.evidence, certain=False, doubt=f"whether “{signal.id}” holds cannot be told")
            case _:
                pass
    return said


def is_certain(said: Answer) -> bool:
    return isinstance(said, Yes) and said.certain
