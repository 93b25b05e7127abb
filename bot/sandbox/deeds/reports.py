"""Reports: made once per account and item, resolved by moderators."""

from dataclasses import replace

from bot.domain.item import Kind
from bot.sandbox.deeds import found, permits, posts
from bot.sandbox.refusal import Refusal
from bot.sandbox.rows import Person, Report
from bot.sandbox.world import World

_LONGEST = 1000


def report_post(world: World, reporter: Person, post_id: int, reason: str) -> Report:
    """Lemmy reads the post as nobody would: posts of communities for local people only cannot be reported."""
    said = _reason(world, reason)
    post = world.posts.rows.get(post_id)
    if post is None or not post.is_shown or not posts.may_see(world, None, post):
        raise Refusal("couldnt_find_post")
    permits.check_taking_part(world, reporter, post.community_id)
    return _add(
        world,
        Report(
            id=world.reports.next_id(Kind.POST),
            kind=Kind.POST,
            item_id=post.id,
            community_id=post.community_id,
            creator_id=reporter.id,
            reason=said,
            published=world.clock.stamp(),
            original_name=post.name,
            original_url=post.url,
            original_text=post.body,
        ),
    )


def report_comment(world: World, reporter: Person, comment_id: int, reason: str) -> Report:
    said = _reason(world, reason)
    comment = found.comment(world, comment_id)
    permits.check_taking_part(world, reporter, comment.community_id)
    if not comment.is_shown:
        raise Refusal("deleted")
    return _add(
        world,
        Report(
            id=world.reports.next_id(Kind.COMMENT),
            kind=Kind.COMMENT,
            item_id=comment.id,
            community_id=comment.community_id,
            creator_id=reporter.id,
            reason=said,
            published=world.clock.stamp(),
            original_text=comment.content,
        ),
    )


def resolve(world: World, moderator: Person, kind: Kind, report_id: int, *, resolved: bool) -> Report:
    report = world.reports.rows[kind].get(report_id)
    if report is None:
        raise Refusal(f"couldnt_find_{kind}_report")
    permits.check_moderator(world, moderator, report.community_id)
    changed = replace(report, resolved=resolved, resolver_id=moderator.id, updated=world.clock.stamp())
    world.reports.put(changed)
    return changed


def _reason(world: World, reason: str) -> str:
    said = reason.strip()
    if world.has_slur(said):
        raise Refusal("slurs")
    if not said:
        raise Refusal("report_reason_required")
    if len(said) > _LONGEST:
        raise Refusal("report_too_long")
    return said


def _add(world: World, report: Report) -> Report:
    if world.reports.is_made(report.kind, report.item_id, report.creator_id):
        raise Refusal("couldnt_create_report")
    world.reports.add(report)
    return report
