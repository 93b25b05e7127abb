"""Worlds to begin with."""
