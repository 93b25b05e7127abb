"""How sure a share of few cases is."""

from math import sqrt

_Z = 1.959964
"""Standard deviations that hold 95 % of a normal distribution."""


def wilson(hits: int, cases: int) -> tuple[float, float]:
    """Wilson's 95 % interval of ``hits`` of ``cases``; everything is possible when there was no case."""
    if not cases:
        return 0.0, 1.0
    share, spread = hits / cases, _Z * _Z / cases
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * sqrt(share * (1 - share) / cases + spread / (4 * cases))
    return max(0.0, middle - half), min(1.0, middle + half)
