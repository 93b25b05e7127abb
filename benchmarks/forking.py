"""Processes that are forked from one that has imported Warden, so that none takes the second which that takes."""

import multiprocessing

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(
    ["bot.app.logging", "bot.app.signing_in", "bot.app.wiring", "bot.sandbox.seed.demo", "bot.sandbox.server"]
)
