"""Rules that contradict each other about one item: the higher priority wins, and at equal priority mercy. Pure."""

from bot.domain.action import ActionKind
from bot.domain.plan import Skipped
from bot.engine.wishes import Sifted, Wish

KIND_TO_THE_ITEM = frozenset({ActionKind.APPROVE, ActionKind.RESTORE, ActionKind.FEATURE})
"""Everything else speaks against the item, or is an answer to its author that goes with what does."""


def without_contradictions(wishes: list[Wish]) -> Sifted:
    """Of approving and objecting rules one side is left; what a rule still wants removed is not put back."""
    wishes, unapproved = _one_side(wishes)
    wishes, unrestored = _not_put_back(wishes)
    return wishes, unapproved + unrestored


def _one_side(wishes: list[Wish]) -> Sifted:
    approving = [wish for wish in wishes if wish.kind is ActionKind.APPROVE]
    if not approving:
        return wishes, []
    rules = {wish.match.rule for wish in approving}
    strongest = max(approving, key=lambda wish: wish.match.priority).match
    against = [wish for wish in wishes if wish.match.rule not in rules and wish.kind not in KIND_TO_THE_ITEM]
    higher = [wish.match.rule for wish in against if wish.match.priority > strongest.priority]
    if higher:
        why = f"the rule {min(higher)} has a higher priority and objects"
        return _without(wishes, [wish for wish in wishes if wish.match.rule in rules], why)
    return _without(wishes, against, f"the rule {strongest.rule} approves the item")


def _not_put_back(wishes: list[Wish]) -> Sifted:
    removing = [wish.match for wish in wishes if wish.kind is ActionKind.REMOVE]
    if not removing:
        return wishes, []
    strongest = max(removing, key=lambda match: match.priority)
    lost = [w for w in wishes if w.kind is ActionKind.RESTORE and w.match.priority <= strongest.priority]
    return _without(wishes, lost, f"the rule {strongest.rule} still wants it removed")


def _without(wishes: list[Wish], lost: list[Wish], why: str) -> Sifted:
    skipped: list[Skipped] = [wish.refused(why) for wish in lost]
    return [wish for wish in wishes if wish not in lost], skipped
