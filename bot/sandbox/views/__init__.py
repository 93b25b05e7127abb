"""Rows to the JSON of Lemmy 0.19.20: the keys and types of its recorded answers."""
