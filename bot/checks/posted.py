"""Day of the week and time of day."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.checks.check import Plain, Subject
from bot.checks.setting import SettingError, group, numbered_texts, shown
from bot.checks.shape import TEXT, Shape, keys, many, told
from bot.domain.answer import Answer, Evidence, No, Unknown, Yes

KEYS = ("on", "between", "zone")
_SPAN = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9] *- *(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Posted(Plain):
    """Whether the item was published on one of these days, between these times."""

    key: str
    days: frozenset[int]
    """0 is Monday."""
    start: time
    end: time
    """Not included. Before ``start``, the span goes over midnight and its days are those it starts on."""
    zone: ZoneInfo

    @classmethod
    def read(cls, key: str, setting: object) -> "Posted":
        found = group(setting, KEYS)
        if "on" not in found and "between" not in found:
            raise SettingError("needs `on` or `between`", 'write `on: [saturday]` or `between: "22:00-06:00"`')
        start, end = _times(found.get("between", "00:00-24:00"))
        return cls(key, _days(found.get("on", DAYS)), start, end, _zone(found.get("zone", "UTC")))

    @staticmethod
    def shape() -> Shape:
        clock = {"type": "string", "pattern": f"^ *{_SPAN.pattern} *$"}
        settings = {
            "on": told("Days of the week.", many(DAYS), ["saturday", "sunday"]),
            "between": told(
                "A span of the day; over midnight it belongs to the day it starts on.", clock, "22:00-06:00"
            ),
            "zone": told("Whose clock it is.", TEXT, "Europe/Berlin", default="UTC"),
        }
        return {
            **keys(settings),
            "anyOf": [{"required": ["on"]}, {"required": ["between"]}],
            "examples": [{"on": ["saturday"], "zone": "Europe/Berlin"}],
        }

    def answer(self, subject: Subject) -> Answer:
        published = subject.item.published
        if published is None:
            return Unknown("when it was published is not known")
        local = published.astimezone(self.zone)
        if not self._covers(local):
            return No()
        return Yes((Evidence(self.key, None, None, f"{local:%A %H:%M}", self.key),))

    def asked(self) -> str:
        return ""

    def actual(self, subject: Subject) -> str:
        published = subject.item.published
        return "" if published is None else f"{published.astimezone(self.zone):%A %H:%M}"

    def _covers(self, local: datetime) -> bool:
        clock, day = local.time().replace(tzinfo=None), local.weekday()
        if self.start < self.end or self.end == time.min:
            return day in self.days and self.start <= clock and (self.end == time.min or clock < self.end)
        return (day in self.days and clock >= self.start) or ((day - 1) % 7 in self.days and clock < self.end)


def _days(setting: object) -> frozenset[int]:
    days = set()
    for path, text in numbered_texts(setting):
        if text.strip().lower() not in DAYS:
            raise SettingError(f"`{text}` is no day of the week", "write it as in `saturday`", ("on", *path))
        days.add(DAYS.index(text.strip().lower()))
    return frozenset(days)


def _times(setting: object) -> tuple[time, time]:
    if not isinstance(setting, str) or not _SPAN.fullmatch(setting.strip()):
        raise SettingError(f"{shown(setting)} is no span of the day", 'write it as `"22:00-06:00"`', ("between",))
    start, end = (each.strip() for each in setting.split("-"))
    return time.fromisoformat(start), time.min if end == "24:00" else time.fromisoformat(end)


def _zone(setting: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(setting))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingError(f"{shown(setting)} is no time zone", "write it as in `Europe/Berlin`", ("zone",)) from None
