"""What a ledger remembers, in plain dictionaries: slow, forgetful, and easy to believe."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.domain.action import ActionKind
from bot.engine.ports import Asked, Intent, IntentState, Listed, Reason, Waiting

OPEN = {IntentState.PLANNED, IntentState.SENDING}


@dataclass
class Seen:
    """The latest sighting of one item."""

    listed: Listed
    closed: bool
    human_decided: str = ""
    approved_hash: str = ""
    reports: int | None = None


@dataclass
class Written:
    """One intent, and from when on it may be sent."""

    intent: Intent
    not_before: object
    decision: int
    settled_at: object = None


@dataclass
class Struck:
    """One strike."""

    account: str
    ref: object
    community_id: str
    person_id: str
    points: int
    at: object
    until: object
    taken_back_at: object = None


@dataclass
class MemoryLedger:
    """The reference for ``bot.engine.ports.Ledger``."""

    floors: dict = field(default_factory=dict)
    starts: dict = field(default_factory=dict)
    sweeps: dict = field(default_factory=dict)
    items: dict = field(default_factory=dict)
    queue: dict = field(default_factory=dict)
    set_aside: set = field(default_factory=set)
    intents: list = field(default_factory=list)
    struck: list = field(default_factory=list)
    found: dict = field(default_factory=dict)
    decided: int = 0
    made: int = 0

    def floor(self, account, kind):
        return self.floors.get((account, kind))

    def start(self, account, kind, community_id):
        return self.starts.get((account, kind, community_id))

    def begin_watch(self, account, kind, community_id, start):
        self.starts.setdefault((account, kind, community_id), start)

    def unseen(self, account, listed):
        known = [self.items.get((account, each.item.ref)) for each in listed]
        return sum(
            seen is None or seen.listed.content_hash != new.content_hash
            for seen, new in zip(known, listed, strict=True)
        )

    def record(self, account, listed, now):
        return sum(self._record_one(account, each, now) for each in listed)

    def _record_one(self, account, listed, now):
        key, item = (account, listed.item.ref), listed.item
        known = self.items.get(key)
        closed = item.is_removed or item.is_deleted
        seen = self.items[key] = replace(known, listed=listed, closed=closed) if known else Seen(listed, closed)
        if known:
            self._notice_restoring(key, known.listed.item, item, now)
        if closed:
            if known:
                old = replace(known.listed.item, is_removed=item.is_removed, is_deleted=item.is_deleted)
                seen.listed = replace(listed, item=old, content_hash=known.listed.content_hash)
            if key in self.queue and self.queue[key].reason not in {Reason.REMOVED, Reason.STRUCK}:
                del self.queue[key]
                self.set_aside.discard(key)
            return False
        if known and not known.closed and known.listed.content_hash == listed.content_hash:
            return False
        self.queue[key] = Waiting(listed, Reason.EDITED if known else Reason.NEW, now, 0)
        self.set_aside.discard(key)
        return True

    def _notice_restoring(self, key, before, item, now):
        putting_back = {ActionKind.RESTORE, ActionKind.APPROVE}
        ours = any(
            _key(each) == key and each.intent.step.kind in putting_back and each.intent.state is IntentState.SENDING
            for each in self.intents
        )
        if before.is_removed and not item.is_removed and not ours:
            self.items[key].human_decided = self.items[key].human_decided or "restored after it had been removed"
            self._take_back(*key, now)

    def refresh(self, account, listed, now):
        key, item = (account, listed.item.ref), listed.item
        known = self.items.get(key)
        if known:
            self.items[key] = replace(known, listed=listed, closed=item.is_removed or item.is_deleted)
            self._notice_restoring(key, known.listed.item, item, now)

    def defer(self, account, waiting, until):
        key = (account, waiting.listed.item.ref)
        if until is None:
            self.queue.pop(key, None)
            self.set_aside.discard(key)
        elif key in self.queue:
            self.queue[key] = replace(self.queue[key], due=until)

    def record_reports(self, account, open_, now):
        grown = 0
        for (of, ref), seen in self.items.items():
            if of == account:
                known, seen.reports = seen.reports or 0, open_.get(ref, 0)
                if seen.reports > known and not seen.closed:
                    self._enqueue((account, ref), Reason.REPORTED, now)
                    grown += 1
        return grown

    def reports(self, account, ref):
        seen = self.items.get((account, ref))
        return seen.reports if seen else None

    def _enqueue(self, key, reason, due):
        self.queue[key] = Waiting(self.items[key].listed, reason, due, 0)
        self.set_aside.discard(key)

    def strikes(self, account, community_id, person_id, now):
        return sum(each.points for each in self._alive(account, community_id, person_id, now))

    def struck_items(self, account, community_id, person_id, now):
        alive = self._alive(account, community_id, person_id, now)
        return [each.ref for each in sorted(alive, key=lambda each: (each.at, str(each.ref)))]

    def _alive(self, account, community_id, person_id, now):
        mine = (account, community_id, person_id)
        return [
            each
            for each in self.struck
            if (each.account, each.community_id, each.person_id) == mine and each.until > now and not each.taken_back_at
        ]

    def taken_back(self, account, community_id, person_id, since):
        return any(
            (each.account, each.community_id, each.person_id) == (account, community_id, person_id)
            and each.taken_back_at is not None
            and each.taken_back_at >= since
            for each in self.struck
        )

    def strike(self, intent, now):
        written = self._written(intent)
        if written is None or written.intent.state is not IntentState.SENDING:
            return
        written.intent, written.settled_at = replace(written.intent, state=IntentState.DONE), now
        order, given = intent.order, intent.step.action
        if not any((each.account, each.ref) == (intent.account, order.ref) for each in self.struck):
            until = now + timedelta(days=given.days)
            self.struck.append(
                Struck(intent.account, order.ref, order.community_id, order.author_id, given.points, now, until)
            )
        self._enqueue((intent.account, order.ref), Reason.STRUCK, now)

    def _take_back(self, account, ref, now):
        for each in self.struck:
            if (each.account, each.ref) == (account, ref):
                each.taken_back_at = each.taken_back_at or now

    def asked(self, account, ref, now):
        for each in self.intents:
            if _key(each) == (account, ref) and each.intent.step.kind is ActionKind.HOLD:
                ago = now - each.settled_at if each.settled_at else timedelta(0)
                return Asked(each.intent.state, ago, each.intent.step.rules)
        return None

    def told(self, account, ref):
        notes = [each.intent for each in self.intents if _key(each) == (account, ref)]
        sent = [each for each in notes if each.step.kind is ActionKind.NOTIFY]
        return frozenset(each.order.to for each in sent if each.state is not IntentState.PLANNED)

    def approved(self, account, ref):
        seen = self.items.get((account, ref))
        return seen is not None and seen.approved_hash == seen.listed.content_hash

    def removed_at(self, account, ref):
        for each in self.intents:
            is_removal = _key(each) == (account, ref) and each.intent.step.kind is ActionKind.REMOVE
            if is_removal and each.intent.state is IntentState.DONE:
                return each.settled_at
        return None

    def complete_pass(self, account, kind, floor):
        self.floors[account, kind] = max(floor, self.floors.get((account, kind), floor))

    def swept(self, account, kind, depth):
        return self.sweeps.get((account, kind, depth))

    def mark_swept(self, account, kind, depth, now):
        self.sweeps[account, kind, depth] = now

    def has_history(self, account, kind):
        return any(key[0] == account and key[1].kind is kind for key in self.items)

    def due(self, account, now, limit):
        waiting = [
            replace(each, listed=replace(self.items[key].listed, number=0, pinned=False))
            for key, each in self.queue.items()
            if key[0] == account and key not in self.set_aside and each.due <= now
        ]
        return sorted(waiting, key=lambda each: (each.due, each.listed.sort_key, str(each.listed.item.ref)))[:limit]

    def decide(self, account, waiting, decision, orders, now, again):
        self.decided += 1
        key = (account, waiting.listed.item.ref)
        self.intents = [
            each for each in self.intents if _key(each) != key or each.intent.state is not IntentState.PLANNED
        ]
        there = {(each.intent.step.kind, each.intent.order.to) for each in self.intents if _key(each) == key}
        for step, order in zip((decision.plan.steps + decision.plan.held)[: len(orders)], orders, strict=True):
            if (step.kind, step.to) not in there:
                self.made += 1
                intent = Intent(self.made, account, step, order, IntentState.PLANNED, 0, 0, now, None)
                self.intents.append(Written(intent, now, self.decided))
        if self.items[key].listed.content_hash != waiting.listed.content_hash or key not in self.queue:
            return
        if again is None:
            del self.queue[key]
            self.set_aside.discard(key)
        else:
            self.queue[key] = replace(self.queue[key], due=again.at, reason=again.reason, attempts=0)

    def judging_failed(self, account, waiting, error, now):
        key = (account, waiting.listed.item.ref)
        attempts = waiting.attempts + 1
        self.queue[key] = replace(self.queue[key], attempts=attempts, due=now + timedelta(minutes=1))
        if attempts >= 3:
            self.set_aside.add(key)
        return attempts >= 3

    def picture(self, account, ref, address):
        return self.found.get((account, ref, "picture", address))

    def destination(self, account, ref, address):
        return self.found.get((account, ref, "destination", address))

    def keep_picture(self, account, ref, address, seen, now):
        self._keep(account, ref, "picture", address, seen)

    def keep_destination(self, account, ref, address, found, now):
        self._keep(account, ref, "destination", address, found)

    def _keep(self, account, ref, name, address, found):
        mine = (account, ref, name)
        self.found = {key: each for key, each in self.found.items() if key[:3] != mine} | {(*mine, address): found}

    def human_decided(self, account, ref):
        seen = self.items.get((account, ref))
        return seen.human_decided if seen else ""

    def mark_human_decided(self, account, ref, why, now):
        if (account, ref) in self.items:
            self.items[account, ref].human_decided = why
        self._take_back(account, ref, now)

    def done(self, account, ref):
        mine = [each.intent for each in self.intents if _key(each) == (account, ref)]
        return frozenset(each.step.kind for each in mine if each.state is IntentState.DONE)

    def taken(self, account, ref):
        sent = [each.intent for each in self.intents if _key(each) == (account, ref)]
        return frozenset(each.step.kind for each in sent if each.state is not IntentState.PLANNED)

    def remaining(self, budget, now):
        return {kind: max(0, rate.count - self.spent(kind, rate, now)) for kind, rate in budget.items()}

    def spent(self, kind, rate, now):
        """How many of a kind count against the budget now."""
        sent = [each.intent.sent_at for each in self.intents if each.intent.step.kind is kind and each.intent.sent_at]
        return sum(now - at < rate.per for at in sent)

    def planned(self, account, now):
        free = [
            each
            for each in self.intents
            if each.intent.account == account
            and each.intent.state is IntentState.PLANNED
            and each.not_before <= now
            and (
                each.intent.step.kind is ActionKind.NOTIFY
                or not any(
                    _key(other) == _key(each) and other.intent.state in OPEN and _order(other) < _order(each)
                    for other in self.intents
                )
            )
        ]
        return [each.intent for each in sorted(free, key=lambda each: (each.decision, _order(each)))]

    def begin(self, intent, budget, now):
        rate = budget.get(intent.step.kind)
        written = self._written(intent)
        if rate is None or written is None or self.spent(intent.step.kind, rate, now) >= rate.count:
            return False
        if written.intent.state is not IntentState.PLANNED or written.intent.attempt != intent.attempt:
            return False
        written.intent = replace(written.intent, state=IntentState.SENDING, attempt=intent.attempt + 1, sent_at=now)
        return True

    def settle(self, intent, state, detail, now):
        written = self._written(intent)
        if written and written.intent.state in OPEN:
            written.intent, written.settled_at = replace(written.intent, state=state), now
            self._follow(intent, state, now)

    def _follow(self, intent, state, now):
        key, kind = (intent.account, intent.order.ref), intent.step.kind
        if kind is ActionKind.HOLD:
            self._enqueue(key, Reason.HELD, now)
        if state is not IntentState.DONE:
            return
        if kind is ActionKind.REMOVE:
            self._set_removed(key, removed=True)
            self._enqueue(key, Reason.REMOVED, now + timedelta(minutes=30))
        if kind in {ActionKind.RESTORE, ActionKind.APPROVE}:
            self._set_removed(key, removed=False)
        if kind is ActionKind.APPROVE:
            self.items[key].approved_hash = self.items[key].listed.content_hash
            self._take_back(*key, now)

    def _set_removed(self, key, removed):
        seen = self.items[key]
        seen.closed = removed
        seen.listed = replace(seen.listed, item=replace(seen.listed.item, is_removed=removed))

    def postpone(self, intent, until, missed=False):
        written = self._written(intent)
        if written and written.intent.state is IntentState.SENDING:
            written.intent = replace(
                written.intent, state=IntentState.PLANNED, missed=written.intent.missed + missed, sent_at=None
            )
            written.not_before = until

    def unsettled(self, account, sent_before):
        sending = [each for each in self.intents if each.intent.state is IntentState.SENDING]
        mine = [each for each in sending if each.intent.account == account and each.intent.sent_at <= sent_before]
        ordered = sorted(mine, key=lambda each: (each.intent.sent_at, each.decision, _order(each)))
        return [each.intent for each in ordered]

    def _written(self, intent):
        return next((each for each in self.intents if each.intent.id == intent.id), None)


def _key(written):
    return written.intent.account, written.intent.order.ref


def _order(written):
    return list(ActionKind).index(written.intent.step.kind)
