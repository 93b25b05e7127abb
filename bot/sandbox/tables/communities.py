"""Communities, their moderators and whom they have banned."""

from datetime import datetime

from bot.sandbox.rows import Community


class Communities:
    def __init__(self) -> None:
        self.rows: dict[int, Community] = {}
        self._by_name: dict[str, int] = {}
        self._by_actor: dict[str, int] = {}
        self.moderators: dict[int, list[int]] = {}
        """By community: people, in order of seniority."""
        self.bans: dict[tuple[int, int], datetime | None] = {}
        """Community and person; when the ban ends, ``None`` for never."""

    def put(self, community: Community) -> None:
        self.rows[community.id] = community
        self._by_actor[community.actor_id] = community.id
        self.moderators.setdefault(community.id, [])
        if community.local:
            self._by_name[community.name.lower()] = community.id

    def next_id(self) -> int:
        return max(self.rows, default=0) + 1

    def named(self, name: str) -> Community | None:
        """A community of this instance."""
        id_ = self._by_name.get(name.lower())
        return None if id_ is None else self.rows[id_]

    def at(self, actor_id: str) -> Community | None:
        id_ = self._by_actor.get(actor_id)
        return None if id_ is None else self.rows[id_]

    def moderated_by(self, person_id: int) -> list[Community]:
        """Without removed ones."""
        return [
            self.rows[id_] for id_, who in self.moderators.items() if person_id in who and not self.rows[id_].removed
        ]

    def is_moderator(self, community_id: int, person_id: int) -> bool:
        return person_id in self.moderators[community_id]

    def is_banned(self, community_id: int, person_id: int, now: datetime) -> bool:
        key = (community_id, person_id)
        if key not in self.bans:
            return False
        until = self.bans[key]
        return until is None or until > now
