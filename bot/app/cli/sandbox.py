"""``warden sandbox``."""

import click

from bot.app import exits


@click.command("sandbox", short_help="Run a small Lemmy on this machine, to try things on.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8536, show_default=True, type=click.IntRange(0, 65_535), help="0 takes any free port.")
@click.option("--password", default="sandbox", show_default=True, help="Password of everybody in it.")
def command(host: str, port: int, password: str) -> int:
    """Run a small Lemmy 0.19 with a community, people and posts, all made up and all in memory.

    Its address stands in the first line of the output. Everybody has the same password; the bot is `warden`.

    Example: warden sandbox --port 8536
    """
    from bot.sandbox.seed.demo import demo_world
    from bot.sandbox.server import serve

    serve(demo_world(password), host, port)
    return exits.FINE
