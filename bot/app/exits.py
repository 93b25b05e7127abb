"""What the exit code of a command says."""

FINE = 0
FINDINGS = 1
"""Something was found that someone must look at."""
MISUSE = 2
"""The command line, the configuration or the rules are wrong."""
REMOTE = 3
"""The instance cannot be reached, or does not let us in."""
STOPPED = 4
"""A safety switch stopped the work."""
INTERRUPTED = 130
