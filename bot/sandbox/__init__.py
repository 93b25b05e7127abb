"""A small Lemmy 0.19 that speaks real HTTP, for the demo and for tests; everything in it lives in memory."""
