"""Comments."""

from collections import Counter, defaultdict
from datetime import datetime

from bot.sandbox.rows import Comment
from bot.sandbox.tables.timeline import Timeline


class Comments:
    def __init__(self) -> None:
        self.rows: dict[int, Comment] = {}
        self.all = Timeline()
        self.of_community: defaultdict[int, Timeline] = defaultdict(Timeline)
        self.of_post: defaultdict[int, Timeline] = defaultdict(Timeline)
        self.of_person: defaultdict[int, Timeline] = defaultdict(Timeline)
        self.shown_in_community: Counter[int] = Counter()
        self.shown_by_person: Counter[int] = Counter()
        self.shown_below_post: Counter[int] = Counter()
        self.below: Counter[int] = Counter()
        """By comment: how many there are below it, at any depth."""
        self.newest_below_post: dict[int, datetime] = {}
        self._by_address: dict[str, int] = {}

    def put(self, comment: Comment) -> None:
        """A new row, or another version of one."""
        before = self.rows.get(comment.id)
        self.rows[comment.id] = comment
        if before is None:
            self._enter(comment)
        change = comment.is_shown - (before is not None and before.is_shown)
        self.shown_in_community[comment.community_id] += change
        self.shown_by_person[comment.creator_id] += change
        self.shown_below_post[comment.post_id] += change

    def next_id(self) -> int:
        return len(self.rows) + 1

    def at(self, address: str) -> Comment | None:
        id_ = self._by_address.get(address)
        return None if id_ is None else self.rows[id_]

    def _enter(self, comment: Comment) -> None:
        key = (comment.published, comment.id)
        for timeline in (
            self.all,
            self.of_community[comment.community_id],
            self.of_post[comment.post_id],
            self.of_person[comment.creator_id],
        ):
            timeline.add(key)
        self._by_address[comment.ap_id] = comment.id
        self.below.update(comment.above)
        newest = self.newest_below_post.get(comment.post_id, comment.published)
        self.newest_below_post[comment.post_id] = max(newest, comment.published)
