"""``GET /site``: the instance, and who is asking."""

from typing import Any

from bot.sandbox.rates import Class
from bot.sandbox.rows import Person
from bot.sandbox.views import people, rows
from bot.sandbox.views.rows import Json
from bot.sandbox.world import World

VERSION = "0.19.20"
_LANGUAGES = [(0, "und", "Undetermined"), (32, "de", "Deutsch"), (37, "en", "English"), (47, "fr", "Français")]


def site_answer(world: World, viewer: Person | None) -> Json:
    answer: dict[str, Any] = {
        "site_view": {
            "site": site(world),
            "local_site": _local_site(world),
            "local_site_rate_limit": _rate_limit(world),
            "counts": _counts(world),
        },
        "admins": [people.person_view(world, each) for each in world.people.admins()],
        "version": VERSION,
        "all_languages": [{"id": id_, "code": code, "name": name} for id_, code, name in _LANGUAGES],
        "discussion_languages": [id_ for id_, _, _ in _LANGUAGES],
        "taglines": [],
        "custom_emojis": [],
        "blocked_urls": [],
    }
    if viewer is not None:
        answer["my_user"] = _my_user(world, viewer)
    return answer


def site(world: World) -> Json:
    return {
        "id": 1,
        "name": "Sandbox",
        "published": world.began,
        "updated": world.began,
        "actor_id": world.address(""),
        "last_refreshed_at": world.began,
        "inbox_url": world.address("inbox"),
        "public_key": "-----BEGIN PUBLIC KEY-----\nnone\n-----END PUBLIC KEY-----\n",
        "instance_id": 1,
    }


def _local_site(world: World) -> Json:
    fields = {
        "id": 1,
        "site_id": 1,
        "site_setup": True,
        "enable_downvotes": True,
        "enable_nsfw": True,
        "community_creation_admin_only": False,
        "require_email_verification": False,
        "application_question": "Why do you want to join?",
        "private_instance": False,
        "default_theme": "browser",
        "default_post_listing_type": "Local",
        "hide_modlog_mod_names": True,
        "application_email_admins": False,
        "actor_name_max_length": 20,
        "federation_enabled": True,
        "captcha_enabled": False,
        "captcha_difficulty": "medium",
        "published": world.began,
        "updated": world.began,
        "registration_mode": "Open",
        "reports_email_admins": False,
        "federation_signed_fetch": False,
        "default_post_listing_mode": "List",
        "default_sort_type": "Active",
    }
    return fields | ({"slur_filter_regex": world.slurs} if world.slurs else {})


def _rate_limit(world: World) -> Json:
    """How many in how many seconds."""
    limits: Json = {"local_site_id": 1, "published": world.began}
    for class_ in Class:
        flow = world.rates.flows[class_]
        limits[class_.value] = flow.burst
        limits[f"{class_}_per_second"] = max(round(flow.burst / flow.per_second), 1)
    return limits | {"import_user_settings": 1, "import_user_settings_per_second": 86400}


def _counts(world: World) -> Json:
    return {
        "site_id": 1,
        "users": len(world.people.rows),
        "posts": world.posts.shown_in_community.total(),
        "comments": world.comments.shown_in_community.total(),
        "communities": len(world.communities.rows),
        **people.active_users(),
    }


def _my_user(world: World, viewer: Person) -> Json:
    assert viewer.local_user_id is not None
    blocked = [world.people.rows[whom] for who, whom in sorted(world.people.blocks) if who == viewer.id]
    return {
        "local_user_view": {
            "local_user": _local_user(world, viewer),
            "local_user_vote_display_mode": {
                "local_user_id": viewer.local_user_id,
                "score": False,
                "upvotes": True,
                "downvotes": True,
                "upvote_percentage": False,
            },
            "person": rows.person(viewer),
            "counts": people.person_view(world, viewer)["counts"],
        },
        "follows": [],
        "moderates": people.moderates(world, viewer),
        "community_blocks": [],
        "instance_blocks": [],
        "person_blocks": [{"person": rows.person(viewer), "target": rows.person(each)} for each in blocked],
        "discussion_languages": list(viewer.settings.discussion_languages),
    }


def _local_user(world: World, viewer: Person) -> Json:
    return {
        "id": viewer.local_user_id,
        "person_id": viewer.id,
        "show_nsfw": viewer.settings.show_nsfw,
        "theme": "browser",
        "default_sort_type": "Active",
        "default_listing_type": "Local",
        "interface_language": "browser",
        "show_avatars": True,
        "send_notifications_to_email": False,
        "show_scores": True,
        "show_bot_accounts": viewer.settings.show_bot_accounts,
        "show_read_posts": viewer.settings.show_read_posts,
        "email_verified": False,
        "accepted_application": True,
        "open_links_in_new_tab": False,
        "blur_nsfw": True,
        "auto_expand": False,
        "infinite_scroll_enabled": False,
        "admin": viewer.is_admin,
        "post_listing_mode": "List",
        "totp_2fa_enabled": False,
        "enable_keyboard_navigation": False,
        "enable_animated_images": True,
        "collapse_bot_comments": False,
        "last_donation_notification": world.began,
    }
