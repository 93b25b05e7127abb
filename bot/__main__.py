"""``python -m bot`` is ``warden``."""

from bot.app.cli import main

main()
