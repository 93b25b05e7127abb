"""Judging a backlog without touching anything."""
