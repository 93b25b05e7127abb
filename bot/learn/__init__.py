"""Learning the points of a scored checker from labelled items. Fitting needs the extra ``learn``, judging does not."""
