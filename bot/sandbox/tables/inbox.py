"""Private messages, mentions and replies."""

from collections import defaultdict
from collections.abc import Iterator

from bot.sandbox.rows import Message, Notice


class Notices:
    """Mentions, or replies."""

    def __init__(self) -> None:
        self.rows: dict[int, Notice] = {}
        self._of_person: defaultdict[int, list[int]] = defaultdict(list)

    def put(self, notice: Notice) -> None:
        if notice.id not in self.rows:
            self._of_person[notice.recipient_id].append(notice.id)
        self.rows[notice.id] = notice

    def next_id(self) -> int:
        return len(self.rows) + 1

    def newest(self, person_id: int, *, unread_only: bool) -> Iterator[Notice]:
        found = (self.rows[id_] for id_ in reversed(self._of_person[person_id]))
        return (each for each in found if not (unread_only and each.read))


class Messages:
    def __init__(self) -> None:
        self.rows: dict[int, Message] = {}
        self._of_person: defaultdict[int, list[int]] = defaultdict(list)

    def put(self, message: Message) -> None:
        if message.id not in self.rows:
            for person_id in {message.creator_id, message.recipient_id}:
                self._of_person[person_id].append(message.id)
        self.rows[message.id] = message

    def next_id(self) -> int:
        return len(self.rows) + 1

    def newest(self, person_id: int, *, unread_only: bool) -> Iterator[Message]:
        """Received and sent; unread ones are received."""
        found = (self.rows[id_] for id_ in reversed(self._of_person[person_id]))
        return (each for each in found if not unread_only or (each.recipient_id == person_id and not each.read))
