"""The plain objects: of people, communities, posts, comments and messages. A field without a value is left out."""

from typing import Any

from bot.sandbox.rows import Comment, Community, Message, Person, Post

Json = dict[str, Any]


def present(fields: Json) -> Json:
    return {key: value for key, value in fields.items() if value is not None}


def person(row: Person) -> Json:
    return present(
        {
            "id": row.id,
            "name": row.name,
            "display_name": row.display_name,
            "banned": row.banned,
            "published": row.published,
            "actor_id": row.actor_id,
            "bio": row.bio,
            "local": row.local_user_id is not None,
            "deleted": row.deleted,
            "matrix_user_id": row.matrix_user_id,
            "bot_account": row.bot_account,
            "instance_id": 1 if row.local_user_id is not None else 2,
        }
    )


def community(row: Community) -> Json:
    return present(
        {
            "id": row.id,
            "name": row.name,
            "title": row.title,
            "description": row.description,
            "removed": row.removed,
            "published": row.published,
            "deleted": row.deleted,
            "nsfw": False,
            "actor_id": row.actor_id,
            "local": row.local,
            "hidden": False,
            "posting_restricted_to_mods": False,
            "instance_id": 1 if row.local else 2,
            "visibility": "LocalOnly" if row.local_only else "Public",
        }
    )


def post(row: Post) -> Json:
    return present(
        {
            "id": row.id,
            "name": row.name,
            "url": row.url,
            "body": row.body,
            "creator_id": row.creator_id,
            "community_id": row.community_id,
            "removed": row.removed,
            "locked": row.locked,
            "published": row.published,
            "updated": row.updated,
            "deleted": row.deleted,
            "nsfw": row.nsfw,
            "embed_title": row.embed_title,
            "embed_description": row.embed_description,
            "thumbnail_url": row.thumbnail_url,
            "ap_id": row.ap_id,
            "local": row.local,
            "language_id": row.language_id,
            "featured_community": row.featured_community,
            "featured_local": row.featured_local,
            "url_content_type": row.url_content_type,
            "alt_text": row.alt_text,
        }
    )


def comment(row: Comment, *, blanked: bool) -> Json:
    return present(
        {
            "id": row.id,
            "creator_id": row.creator_id,
            "post_id": row.post_id,
            "content": "" if blanked else row.content,
            "removed": row.removed,
            "published": row.published,
            "updated": row.updated,
            "deleted": row.deleted,
            "ap_id": row.ap_id,
            "local": row.local,
            "path": row.path,
            "distinguished": row.distinguished,
            "language_id": row.language_id,
        }
    )


def message(row: Message) -> Json:
    return {
        "id": row.id,
        "creator_id": row.creator_id,
        "recipient_id": row.recipient_id,
        "content": row.content,
        "deleted": False,
        "read": row.read,
        "published": row.published,
        "ap_id": row.ap_id,
        "local": True,
        "removed": False,
    }
