"""The modlog, which anybody may read."""

from collections.abc import Iterator
from typing import Literal

from bot.sandbox.api.call import Call, Paged, Route, Routes, page_of
from bot.sandbox.deeds import permits
from bot.sandbox.rows import ModAction, ModKind
from bot.sandbox.views.modlog import ARRAYS, EMPTY, entry
from bot.sandbox.views.rows import Json

Type = Literal[
    "All", "ModRemovePost", "ModLockPost", "ModFeaturePost", "ModRemoveComment", "ModRemoveCommunity",
    "ModBanFromCommunity", "ModAddCommunity", "ModTransferCommunity", "ModAdd", "ModBan", "ModHideCommunity",
    "AdminPurgePerson", "AdminPurgeCommunity", "AdminPurgePost", "AdminPurgeComment",
]  # fmt: skip


class _Asked(Paged):
    mod_person_id: int | None = None
    community_id: int | None = None
    type_: Type = "All"
    other_person_id: int | None = None
    post_id: int | None = None
    comment_id: int | None = None


def modlog(call: Call) -> Json:
    """Each array has its own pages. To strangers the moderators' names are hidden."""
    asked = call.query(_Asked)
    insider = _is_insider(call, asked)
    answer: Json = {name: [] for name in (*ARRAYS.values(), *EMPTY)}
    for kind, name in ARRAYS.items():
        if asked.type_ in {"All", kind.value}:
            page = page_of(_rows(call, asked, kind, insider=insider), asked, "couldnt_get_modlog")
            answer[name] = [entry(call.world, each, names_moderator=insider) for each in page]
    return answer


def _is_insider(call: Call, asked: _Asked) -> bool:
    if asked.community_id is not None:
        return permits.is_moderator(call.world, call.viewer, asked.community_id)
    return permits.moderates_anything(call.world, call.viewer)


def _rows(call: Call, asked: _Asked, kind: ModKind, *, insider: bool) -> Iterator[ModAction]:
    found = call.world.modlog.newest(kind, asked.post_id, asked.comment_id)
    moderator = asked.mod_person_id if insider else None
    return (
        each
        for each in found
        if moderator in {None, each.actor_id}
        and asked.community_id in {None, each.community_id}
        and asked.other_person_id in {None, each.person_id}
    )


ROUTES: Routes = {("GET", "/modlog"): Route(modlog)}
