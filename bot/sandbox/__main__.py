"""``python -m bot.sandbox``: a sandbox in a process of its own. Its address is the first line of the output."""

import argparse
from collections.abc import Callable, Mapping

from bot.sandbox.seed.demo import demo_world
from bot.sandbox.server import LOOPBACK, serve
from bot.sandbox.world import World

SEEDS: Mapping[str, Callable[[str], World]] = {"demo": demo_world}


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bot.sandbox", description=__doc__)
    asked.add_argument("--port", type=int, default=0, help="0, the default, takes any free port")
    asked.add_argument("--seed", choices=sorted(SEEDS), default="demo", help="what is there at first")
    asked.add_argument("--password", default="sandbox", help="password of everybody in it")
    said = asked.parse_args()
    try:
        serve(SEEDS[said.seed](said.password), LOOPBACK, said.port)
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
