"""The sandbox's whole state. Only the server's event loop touches it, so that each request is one transaction."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.http.buckets import Flow
from bot.sandbox.clock import WorldClock
from bot.sandbox.rates import GENEROUS, Class, Rates
from bot.sandbox.tables.comments import Comments
from bot.sandbox.tables.communities import Communities
from bot.sandbox.tables.inbox import Messages, Notices
from bot.sandbox.tables.modlog import Modlog
from bot.sandbox.tables.people import People
from bot.sandbox.tables.posts import Posts
from bot.sandbox.tables.reports import Reports
from bot.sandbox.trouble import Troubles
from bot.sandbox.writelog import WriteLog


class World:
    """One instance."""

    def __init__(
        self,
        url: str = "http://sandbox.localhost",
        flows: Mapping[Class, Flow] = GENEROUS,
        slurs: str = "(badword|worseword)",
        clock: WorldClock | None = None,
    ) -> None:
        """``url`` is the address in actor ids, without a slash at its end."""
        self.url = url
        self.host = urlsplit(url).netloc
        self.slurs = slurs
        self._slurs = re.compile(slurs, re.IGNORECASE)
        self.clock = clock or WorldClock()
        self.began = self.clock.now()
        self.rates = Rates(flows, self.clock.seconds)
        self.people = People()
        self.communities = Communities()
        self.posts = Posts()
        self.comments = Comments()
        self.reports = Reports()
        self.mentions = Notices()
        self.replies = Notices()
        self.messages = Messages()
        self.modlog = Modlog()
        self.troubles = Troubles()
        self.writes = WriteLog()
        self.hangs_after_401 = True
        """As Lemmy 0.19 often does after a 401 to a request with a body: nothing more comes on that connection."""

    def address(self, path: str) -> str:
        """Of something on this instance."""
        return f"{self.url}/{path}"

    def has_slur(self, text: str) -> bool:
        return self._slurs.search(text) is not None

    def without_slurs(self, text: str) -> str:
        """As Lemmy stores what people write."""
        return self._slurs.sub("*removed*", text)
