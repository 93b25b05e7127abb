"""What happens later in the demo's world. For a world that is not being served; otherwise ``/sandbox/`` does it."""

from dataclasses import replace
from datetime import timedelta

from bot.sandbox.deeds import founding, posts
from bot.sandbox.world import World

QUIET = "A kernel for small boards, measured"
"""The post that turns into an advertisement."""
ADVERTISEMENT = "UPDATE: 20% off my boards with coupon code BOARD20, order now: https://boards.example.com/?aff=quiet"
LATE = posts.PostText("Dogecoin to the moon: memecoin presale is live", "https://doge.example.com/presale")


def edit_into_advertisement(world: World) -> int:
    """A clean post becomes an advertisement, and keeps its place in New. Returns its number."""
    post = next(each for each in world.posts.rows.values() if each.name == QUIET)
    text = posts.PostText(name="Boards: 20% off with coupon code BOARD20, order now", body=ADVERTISEMENT)
    return posts.edit(world, world.people.rows[post.creator_id], post.id, text).id


def arrive_late(world: World, community: str = "technology", age: timedelta = timedelta(hours=1)) -> int:
    """A post from another instance gets here long after it was written. Returns its number, the highest so far."""
    author = founding.person(world, "hodler@faraway.example", created=world.clock.now() - timedelta(days=3))
    place = world.communities.named(community)
    assert place is not None
    return posts.create(world, author, place.id, LATE, world.clock.stamp() - age).id


def fetch_metadata(world: World, post_id: int, title: str) -> None:
    """The linked page's title arrives after the post."""
    world.posts.put(replace(world.posts.rows[post_id], embed_title=title, url_content_type="text/html; charset=utf-8"))
