"""Judging, planning and doing. Judging and planning are pure; the rest speaks to the outside through ports."""
