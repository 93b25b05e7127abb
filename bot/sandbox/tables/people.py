"""Accounts, their tokens and their blocks."""

import secrets

from bot.sandbox.rows import Person


class People:
    def __init__(self) -> None:
        self.rows: dict[int, Person] = {}
        self._by_name: dict[str, int] = {}
        self._by_actor: dict[str, int] = {}
        self._tokens: dict[str, int] = {}
        self.blocks: set[tuple[int, int]] = set()
        """Who blocks whom."""
        self._accounts = 0
        self._latest = 0

    def put(self, person: Person) -> None:
        """A new row, or another version of one."""
        self.rows[person.id] = person
        self._latest = max(self._latest, person.id)
        self._by_actor[person.actor_id] = person.id
        if person.local_user_id is not None:
            self._by_name[person.name.lower()] = person.id

    def next_id(self) -> int:
        return self._latest + 1

    def next_local_user_id(self) -> int:
        self._accounts += 1
        return self._accounts

    def named(self, name: str) -> Person | None:
        """An account of this instance."""
        id_ = self._by_name.get(name.lower())
        return None if id_ is None else self.rows[id_]

    def at(self, actor_id: str) -> Person | None:
        id_ = self._by_actor.get(actor_id)
        return None if id_ is None else self.rows[id_]

    def admins(self) -> list[Person]:
        return [each for each in self.rows.values() if each.is_admin]

    def new_token(self, person: Person) -> str:
        token = secrets.token_urlsafe(32)
        self._tokens[token] = person.id
        return token

    def revoke(self, person_id: int) -> None:
        """All tokens of one person."""
        self._tokens = {token: id_ for token, id_ in self._tokens.items() if id_ != person_id}

    def behind(self, token: str) -> Person | None:
        """Whose token it is; ``None`` when it is dead, or its owner may not use it any more."""
        id_ = self._tokens.get(token)
        person = None if id_ is None else self.rows[id_]
        return None if person is None or person.banned or person.deleted else person
