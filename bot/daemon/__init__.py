"""The bot as a long-running program: a thread an account, timers that only wake them, rules that reload."""
