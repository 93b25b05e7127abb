"""Logging in, settings, the site, and the inbox."""

from dataclasses import replace
from typing import Any

import msgspec

from bot.sandbox.api.call import Call, Paged, Route, Routes, page_of
from bot.sandbox.deeds import inbox, people
from bot.sandbox.rates import Class
from bot.sandbox.refusal import Refusal
from bot.sandbox.rows import Settings
from bot.sandbox.views.inbox import mention_view, message_view, reply_view
from bot.sandbox.views.rows import Json
from bot.sandbox.views.site import site_answer


class _Login(msgspec.Struct):
    username_or_email: str
    password: str
    totp_2fa_token: str | None = None


class _Settings(msgspec.Struct):
    """Every setting is optional; what the sandbox does not know it accepts."""

    bot_account: bool | None = None
    show_nsfw: bool | None = None
    show_bot_accounts: bool | None = None
    show_read_posts: bool | None = None
    discussion_languages: list[int] | None = None
    display_name: str | None = None
    bio: str | None = None


class _Inbox(Paged):
    unread_only: bool = False
    sort: str = "Hot"
    creator_id: int | None = None


class _MarkMention(msgspec.Struct):
    person_mention_id: int
    read: bool


class _MarkMessage(msgspec.Struct):
    private_message_id: int
    read: bool


class _Send(msgspec.Struct):
    content: str
    recipient_id: int


def log_in(call: Call) -> Json:
    form = call.form(_Login)
    token = people.log_in(call.world, form.username_or_email, form.password, form.totp_2fa_token)
    return {"jwt": token, "registration_created": False, "verify_email_sent": False}


def validate(call: Call) -> Json:
    if call.viewer is None:
        raise Refusal("not_logged_in")
    return {"success": True}


def site(call: Call) -> Json:
    return site_answer(call.world, call.viewer)


def save_settings(call: Call) -> Json:
    form, me = call.form(_Settings), call.me()
    said: dict[str, Any] = {key: value for key, value in msgspec.structs.asdict(form).items() if value is not None}
    of_person = {key: said.pop(key) for key in ("bot_account", "display_name", "bio") if key in said}
    if "discussion_languages" in said:
        said["discussion_languages"] = tuple(said["discussion_languages"])
    settings: Settings = replace(me.settings, **said)
    call.world.people.put(replace(me, settings=settings, **of_person))
    return {"success": True}


def unread(call: Call) -> Json:
    world, me = call.world, call.me()
    return {
        "replies": sum(1 for _ in world.replies.newest(me.id, unread_only=True)),
        "mentions": sum(1 for _ in world.mentions.newest(me.id, unread_only=True)),
        "private_messages": sum(1 for _ in world.messages.newest(me.id, unread_only=True)),
    }


def mentions(call: Call) -> Json:
    asked, me = call.query(_Inbox), call.me()
    page = page_of(call.world.mentions.newest(me.id, unread_only=asked.unread_only), asked, "couldnt_get_comments")
    return {"mentions": [mention_view(call.world, each, me) for each in page]}


def replies(call: Call) -> Json:
    asked, me = call.query(_Inbox), call.me()
    page = page_of(call.world.replies.newest(me.id, unread_only=asked.unread_only), asked, "couldnt_get_comments")
    return {"replies": [reply_view(call.world, each, me) for each in page]}


def mark_mention(call: Call) -> Json:
    form, me = call.form(_MarkMention), call.me()
    word = "couldnt_update_comment"
    notice = inbox.mark_notice(call.world.mentions, me, form.person_mention_id, word, read=form.read)
    return {"person_mention_view": mention_view(call.world, notice, me)}


def messages(call: Call) -> Json:
    asked, me = call.query(_Inbox), call.me()
    found = call.world.messages.newest(me.id, unread_only=asked.unread_only)
    wanted = (each for each in found if asked.creator_id in {None, each.creator_id})
    page = page_of(wanted, asked, "couldnt_get_private_messages")
    return {"private_messages": [message_view(call.world, each) for each in page]}


def send(call: Call) -> Json:
    form, me = call.form(_Send), call.me()
    message = inbox.send(call.world, me, form.recipient_id, form.content)
    return {"private_message_view": message_view(call.world, message)}


def mark_message(call: Call) -> Json:
    form, me = call.form(_MarkMessage), call.me()
    message = inbox.mark_message(call.world, me, form.private_message_id, read=form.read)
    return {"private_message_view": message_view(call.world, message)}


ROUTES: Routes = {
    ("POST", "/user/login"): Route(log_in, Class.REGISTER),
    ("GET", "/user/validate_auth"): Route(validate),
    ("GET", "/site"): Route(site),
    ("PUT", "/user/save_user_settings"): Route(save_settings),
    ("GET", "/user/unread_count"): Route(unread),
    ("GET", "/user/mention"): Route(mentions),
    ("GET", "/user/replies"): Route(replies),
    ("POST", "/user/mention/mark_as_read"): Route(mark_mention),
    ("GET", "/private_message/list"): Route(messages),
    ("POST", "/private_message"): Route(send),
    ("POST", "/private_message/mark_as_read"): Route(mark_message),
}
