"""The sandbox's own routes below ``/sandbox/``: what other people, other servers and bad luck do.

Every POST takes JSON. People are named by ``name`` or ``name@host`` and made when they are not there yet.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec

from bot.domain.item import Kind
from bot.http.buckets import Flow
from bot.sandbox.admin import forms
from bot.sandbox.api.answering import Asked, Reply
from bot.sandbox.deeds import comments, founding, inbox, people, posts, reports
from bot.sandbox.deeds import found as find
from bot.sandbox.refusal import Refusal
from bot.sandbox.rows import Person
from bot.sandbox.trouble import Trouble
from bot.sandbox.views.rows import Json
from bot.sandbox.world import World


def steered(world: World, asked: Asked) -> Reply:
    try:
        return Reply(200, msgspec.json.encode(_steer(world, asked)))
    except Refusal as error:
        return Reply(error.status, msgspec.json.encode(error.body))
    except msgspec.MsgspecError as error:
        return Reply(400, msgspec.json.encode({"error": "not_understood", "message": str(error)}))


def _steer(world: World, asked: Asked) -> Json:
    path = asked.path.removeprefix("/sandbox/")
    if (asked.method, path) == ("GET", "writes"):
        return {"writes": world.writes.rows}
    if (asked.method, path) == ("DELETE", "trouble"):
        world.troubles.clear()
        return {}
    if asked.method != "POST" or path not in _DEEDS:
        raise Refusal("no_such_route", 404)
    shape, deed = _DEEDS[path]
    return deed(world, msgspec.json.decode(asked.content, type=shape))


def somebody(world: World, name: str) -> Person:
    """By ``name`` or ``name@host``, made when new."""
    try:
        return find.person(world, name=name)
    except Refusal:
        return founding.person(world, name, created=world.clock.now() - timedelta(days=forms.OLD_ACCOUNT))


def _person(world: World, said: forms.NewPerson) -> Json:
    created = world.clock.now() - timedelta(days=said.age_days)
    made = founding.person(
        world,
        said.name,
        password=said.password,
        totp=said.totp,
        created=created,
        is_admin=said.is_admin,
        bot_account=said.bot_account,
    )
    founding.describe(world, made, display_name=said.display_name, bio=said.bio)
    return {"id": made.id}


def _post(world: World, said: forms.NewPost) -> Json:
    community = find.community(world, name=said.community)
    text = posts.PostText(said.title, said.url, said.body, said.alt_text, said.nsfw)
    at = world.clock.stamp() - timedelta(seconds=said.age_seconds)
    return {"id": posts.create(world, somebody(world, said.author), community.id, text, at).id}


def _comment(world: World, said: forms.NewComment) -> Json:
    at = world.clock.stamp() - timedelta(seconds=said.age_seconds)
    author = somebody(world, said.author)
    return {"id": comments.create(world, author, said.post_id, said.body, said.parent_id, at).id}


def _edit(world: World, said: forms.Edit) -> Json:
    author = _author(world, said.kind, said.id)
    if said.kind is Kind.COMMENT:
        comments.edit(world, author, said.id, said.body or "")
    else:
        posts.edit(world, author, said.id, posts.PostText(said.title, said.url, said.body))
    return {}


def _delete(world: World, said: forms.Delete) -> Json:
    delete = comments.delete if said.kind is Kind.COMMENT else posts.delete
    delete(world, _author(world, said.kind, said.id), said.id, deleted=said.deleted)
    return {}


def _remove(world: World, said: forms.Remove) -> Json:
    remove = comments.remove if said.kind is Kind.COMMENT else posts.remove
    remove(world, somebody(world, said.by), said.id, removed=said.removed, reason=said.reason)
    return {}


def _report(world: World, said: forms.NewReport) -> Json:
    report = reports.report_comment if said.kind is Kind.COMMENT else reports.report_post
    return {"id": report(world, somebody(world, said.by), said.id, said.reason).id}


def _resolve(world: World, said: forms.Resolve) -> Json:
    world.reports.resolve_all(said.kind, said.id, somebody(world, said.by).id, world.clock.stamp())
    return {}


def _metadata(world: World, said: forms.Metadata) -> Json:
    fetched = {key: value for key, value in msgspec.structs.asdict(said).items() if key != "post_id"}
    world.posts.put(replace(find.post(world, said.post_id), **fetched))
    return {}


def _ban(world: World, said: forms.Ban) -> Json:
    people.set_banned(world, find.person(world, name=said.person), banned=said.banned)
    return {}


def _revoke(world: World, said: forms.Revoke) -> Json:
    world.people.revoke(find.person(world, name=said.person).id)
    return {}


def _block(world: World, said: forms.Block) -> Json:
    world.people.blocks.add((somebody(world, said.person).id, somebody(world, said.whom).id))
    return {}


def _seat(world: World, said: forms.Seat) -> Json:
    community = find.community(world, name=said.community)
    senior = world.people.rows[world.communities.moderators[community.id][0]]
    people.seat(world, senior, community.id, somebody(world, said.person).id, added=said.added)
    return {}


def _sidebar(world: World, said: forms.Sidebar) -> Json:
    community = find.community(world, name=said.community)
    world.communities.put(replace(community, description=said.text))
    return {}


def _send(world: World, said: forms.Send) -> Json:
    sender, recipient = somebody(world, said.sender), find.person(world, name=said.recipient)
    return {"id": inbox.send(world, sender, recipient.id, said.content).id}


def _clock(world: World, said: forms.Clock) -> Json:
    world.clock.advance(said.seconds)
    return {"now": world.clock.now()}


def _trouble(world: World, said: Trouble) -> Json:
    world.troubles.add(said)
    return {}


def _rate(world: World, said: forms.Rate) -> Json:
    world.rates.set(said.class_, Flow(said.burst, said.per_second))
    return {}


def _author(world: World, kind: Kind, id_: int) -> Person:
    row = find.comment(world, id_) if kind is Kind.COMMENT else find.post(world, id_)
    return world.people.rows[row.creator_id]


_DEEDS: Mapping[str, tuple[type, Callable[[World, Any], Json]]] = {
    "person": (forms.NewPerson, _person),
    "post": (forms.NewPost, _post),
    "comment": (forms.NewComment, _comment),
    "edit": (forms.Edit, _edit),
    "delete": (forms.Delete, _delete),
    "remove": (forms.Remove, _remove),
    "report": (forms.NewReport, _report),
    "resolve": (forms.Resolve, _resolve),
    "metadata": (forms.Metadata, _metadata),
    "ban": (forms.Ban, _ban),
    "revoke": (forms.Revoke, _revoke),
    "block": (forms.Block, _block),
    "seat": (forms.Seat, _seat),
    "sidebar": (forms.Sidebar, _sidebar),
    "message": (forms.Send, _send),
    "clock": (forms.Clock, _clock),
    "trouble": (Trouble, _trouble),
    "rate": (forms.Rate, _rate),
}
