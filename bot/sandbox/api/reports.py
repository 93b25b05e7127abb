"""Reports: made, listed, counted, resolved."""

from collections.abc import Iterator

import msgspec

from bot.domain.item import Kind
from bot.sandbox.api.call import Call, Paged, Route, Routes, page_of
from bot.sandbox.deeds import permits, reports
from bot.sandbox.refusal import Refusal
from bot.sandbox.rows import Report
from bot.sandbox.views.reports import report_view
from bot.sandbox.views.rows import Json


class _ReportPost(msgspec.Struct):
    post_id: int
    reason: str


class _ReportComment(msgspec.Struct):
    comment_id: int
    reason: str


class _List(Paged):
    unresolved_only: bool = False
    community_id: int | None = None
    post_id: int | None = None
    comment_id: int | None = None


class _Resolve(msgspec.Struct):
    report_id: int
    resolved: bool


class _Count(msgspec.Struct):
    community_id: int | None = None


def report_post(call: Call) -> Json:
    form, me = call.form(_ReportPost), call.me()
    report = reports.report_post(call.world, me, form.post_id, form.reason)
    return {"post_report_view": report_view(call.world, report, me)}


def report_comment(call: Call) -> Json:
    form, me = call.form(_ReportComment), call.me()
    report = reports.report_comment(call.world, me, form.comment_id, form.reason)
    return {"comment_report_view": report_view(call.world, report, me)}


def list_posts(call: Call) -> Json:
    return {"post_reports": _page(call, Kind.POST)}


def list_comments(call: Call) -> Json:
    return {"comment_reports": _page(call, Kind.COMMENT)}


def resolve_post(call: Call) -> Json:
    return {"post_report_view": _resolve(call, Kind.POST)}


def resolve_comment(call: Call) -> Json:
    return {"comment_report_view": _resolve(call, Kind.COMMENT)}


def count(call: Call) -> Json:
    asked, me = call.query(_Count), call.me()
    if not permits.moderates_anything(call.world, me):
        raise Refusal("not_a_mod_or_admin")
    question = _List(unresolved_only=True, community_id=asked.community_id)
    numbers = {f"{kind}_reports": sum(1 for _ in _listed(call, question, kind)) for kind in Kind}
    answer: Json = {"community_id": asked.community_id} if asked.community_id is not None else {}
    return answer | numbers


def _page(call: Call, kind: Kind) -> list[Json]:
    asked, me = call.query(_List), call.me()
    if not permits.moderates_anything(call.world, me):
        raise Refusal("not_a_mod_or_admin")
    page = page_of(_listed(call, asked, kind), asked, f"couldnt_get_{kind}_reports")
    return [report_view(call.world, each, me) for each in page]


def _listed(call: Call, asked: _List, kind: Kind) -> Iterator[Report]:
    """Unresolved ones oldest first, otherwise newest first; only of communities that one moderates."""
    table, me = call.world.reports, call.me()
    item_id = asked.post_id if kind is Kind.POST else asked.comment_id
    found: Iterator[Report]
    if item_id is not None:
        of_item = table.of_item(kind, item_id)
        found = iter(of_item) if asked.unresolved_only else reversed(of_item)
    else:
        found = table.oldest(kind) if asked.unresolved_only else table.newest(kind)
    return (
        each
        for each in found
        if not (asked.unresolved_only and each.resolved)
        and asked.community_id in {None, each.community_id}
        and permits.is_moderator(call.world, me, each.community_id)
    )


def _resolve(call: Call, kind: Kind) -> Json:
    form, me = call.form(_Resolve), call.me()
    report = reports.resolve(call.world, me, kind, form.report_id, resolved=form.resolved)
    return report_view(call.world, report, me)


ROUTES: Routes = {
    ("POST", "/post/report"): Route(report_post),
    ("POST", "/comment/report"): Route(report_comment),
    ("GET", "/post/report/list"): Route(list_posts),
    ("GET", "/comment/report/list"): Route(list_comments),
    ("PUT", "/post/report/resolve"): Route(resolve_post),
    ("PUT", "/comment/report/resolve"): Route(resolve_comment),
    ("GET", "/user/report_count"): Route(count),
}
