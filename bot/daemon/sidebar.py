"""Watching the sidebars: who rewrites a written rule is told which of our rules enforce it.

It costs no request: the sidebars of all moderated communities come with the answer that says who we are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.daemon.rules import RulesInForce
from bot.engine.drift import Drift, SidebarDrift, drifts
from bot.engine.ports import Clock, Identity, Journal
from bot.rulebook.sidebar_files import kept_sidebar
from bot.store.sidebars import KnownSidebar, SqlSidebars, hash_of
from bot.text.drift import added
from bot.text.sidebar import written_rules

Announce = Callable[[SidebarDrift], bool]
"""Passes news on to the moderators; ``False``: not now, so the news comes again. What it raises ends the tick, and the
news comes again too; so the same news may come twice, with the same ``key``."""


def tell_nobody(_news: SidebarDrift) -> bool:
    """For an account without a channel to its moderators: the log is told all the same."""
    return True


@dataclass(frozen=True, slots=True)
class SidebarWatch:
    """One account's look at the sidebars of the communities that it watches."""

    account: str
    communities: frozenset[str]
    """Full names."""
    known: SqlSidebars
    rules: RulesInForce
    clock: Clock
    journal: Journal
    announce: Announce = tell_nobody
    _read: dict[str, str] = field(default_factory=dict)
    """What was last looked at, so that an unchanged sidebar costs nothing."""

    def look(self, identity: Identity) -> None:
        """Tell what has changed since the last look, before a restart too. Raises StoreUnavailable."""
        for community in sorted(self.communities & identity.sidebars.keys()):
            markdown = identity.sidebars[community]
            if self._read.get(community) != markdown and self._compare(community, markdown):
                self._read[community] = markdown

    def drift(self, identity: Identity) -> Mapping[str, tuple[Drift, ...]]:
        """By community, what differs from what the rules were written for. Tells nobody, and remembers nothing.

        That is the file beside the rules; where there is none, what was last read. Raises StoreUnavailable.
        """
        found = {}
        for community in sorted(self.communities & identity.sidebars.keys()):
            before = self._written_for(community) or self.known.known(self.account, community)
            now = written_rules(identity.sidebars[community])
            found[community] = drifts(self.rules().rules, community, before.rules, now) if before else ()
        return found

    def accept(self, identity: Identity) -> None:
        """From now on these sidebars are the known ones. Raises StoreUnavailable."""
        for community in self.communities & identity.sidebars.keys():
            markdown = identity.sidebars[community]
            self.known.keep(self.account, community, markdown, written_rules(markdown), self.clock.now())

    def _compare(self, community: str, markdown: str) -> bool:
        """Whether nothing is left to tell."""
        known = self.known.known(self.account, community)
        if known is not None and known.hash == hash_of(markdown):
            return True
        before = known or self._written_for(community)
        if before is not None and before.hash != hash_of(markdown) and not self._tell(community, before, markdown):
            return False
        # Only now, so that what could not be told is told the next time.
        self.known.keep(self.account, community, markdown, written_rules(markdown), self.clock.now())
        return True

    def _written_for(self, community: str) -> KnownSidebar | None:
        """At the first look: what the rules were written for may be older than the sidebar."""
        markdown = kept_sidebar(self.rules.paths, community)
        if markdown is None:
            return None
        return KnownSidebar(hash_of(markdown), written_rules(markdown), self.clock.now())

    def _tell(self, community: str, known: KnownSidebar, markdown: str) -> bool:
        """Whether it was told."""
        now = written_rules(markdown)
        found = drifts(self.rules().rules, community, known.rules, now)
        if found and not self.announce(SidebarDrift(self.account, community, found, known.since)):
            return False
        for each in found:
            self.journal.event(
                "sidebar_drift",
                account=self.account,
                community=community,
                rule=each.rule,
                fate=each.change.fate.value,
                number=each.change.before.number,
                before=each.change.before.text,
                now=each.change.now.text if each.change.now else "",
                now_number=each.change.now.number if each.change.now else None,
                cure=each.cure(),
            )
        self.journal.event(
            "sidebar_changed",
            account=self.account,
            community=community,
            rules=len(now),
            new=[each.number for each in added(known.rules, now)],
        )
        return True
