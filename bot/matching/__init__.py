"""Patterns in, one compiled scan out. The only place that knows a regular expression engine."""
