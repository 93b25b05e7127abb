"""Posts, and who has read them."""

from collections import Counter, defaultdict

from bot.sandbox.rows import Post
from bot.sandbox.tables.timeline import Timeline


class Posts:
    def __init__(self) -> None:
        self.rows: dict[int, Post] = {}
        self.all = Timeline()
        self.of_community: defaultdict[int, Timeline] = defaultdict(Timeline)
        self.of_person: defaultdict[int, Timeline] = defaultdict(Timeline)
        self.featured: set[int] = set()
        self.read: set[tuple[int, int]] = set()
        """Person and post."""
        self.read_comments: dict[tuple[int, int], int] = {}
        """Person and post: how many comments it had when they last looked."""
        self.shown_in_community: Counter[int] = Counter()
        self.shown_by_person: Counter[int] = Counter()
        self._by_address: dict[str, int] = {}

    def put(self, post: Post) -> None:
        """A new row, or another version of one."""
        before = self.rows.get(post.id)
        self.rows[post.id] = post
        if before is None:
            key = (post.sorted_at, post.id)
            for timeline in (self.all, self.of_community[post.community_id], self.of_person[post.creator_id]):
                timeline.add(key)
            self._by_address[post.ap_id] = post.id
        change = post.is_shown - (before is not None and before.is_shown)
        self.shown_in_community[post.community_id] += change
        self.shown_by_person[post.creator_id] += change
        if post.featured_community or post.featured_local:
            self.featured.add(post.id)
        else:
            self.featured.discard(post.id)

    def next_id(self) -> int:
        return len(self.rows) + 1

    def at(self, address: str) -> Post | None:
        id_ = self._by_address.get(address)
        return None if id_ is None else self.rows[id_]
