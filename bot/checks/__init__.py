"""What a moderator can ask of an item: one file a check. Nothing here knows that YAML exists."""
