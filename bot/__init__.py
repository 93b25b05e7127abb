"""Warden: a community rule-enforcement bot for Lemmy."""
