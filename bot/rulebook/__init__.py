"""Rule files to a Rulebook, or every mistake in them with its place."""
