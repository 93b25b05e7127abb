"""Values that every other part speaks in. Nothing here does anything to the outside world."""
