"""The moderation log. Repeating an action writes another row."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from bot.sandbox.refusal import Refusal
from bot.sandbox.rows import ModAction, ModKind

DEAD_DATABASE = "Timeout occurred while waiting for a slot to become available"


class Modlog:
    def __init__(self) -> None:
        self._rows: defaultdict[ModKind, list[ModAction]] = defaultdict(list)
        self._of_post: defaultdict[tuple[ModKind, int], list[ModAction]] = defaultdict(list)
        self._of_comment: defaultdict[tuple[ModKind, int], list[ModAction]] = defaultdict(list)
        self.is_broken = False
        """While set, writing a row fails. Lemmy's handlers are not transactional: what was done before stays done."""

    def add(self, action: ModAction) -> None:
        """Gives the row its number."""
        if self.is_broken:
            raise Refusal("unknown", message=DEAD_DATABASE)
        rows = self._rows[action.kind]
        numbered = replace(action, id=len(rows) + 1)
        rows.append(numbered)
        if action.post_id is not None:
            self._of_post[action.kind, action.post_id].append(numbered)
        if action.comment_id is not None:
            self._of_comment[action.kind, action.comment_id].append(numbered)

    def newest(self, kind: ModKind, post_id: int | None = None, comment_id: int | None = None) -> Iterable[ModAction]:
        """All of a kind, or those about one item."""
        if comment_id is not None:
            return reversed(self._of_comment[kind, comment_id])
        if post_id is not None:
            return reversed(self._of_post[kind, post_id])
        return reversed(self._rows[kind])
