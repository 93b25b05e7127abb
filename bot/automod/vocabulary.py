"""Every key that AutoModerator knows, how it is carried over, and what is said when it is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.automod.findings import Status
from bot.matching.pattern import Placement

D, E, FOUR, X = Status.DIRECT, Status.EMULATED, Status.NEEDS_NEWER, Status.NOTHING


class Target(StrEnum):
    """What a group of keys is about."""

    SUBMISSION = "submission"
    COMMENT = "comment"
    AUTHOR = "author"
    COMMUNITY = "subreddit"


@dataclass(frozen=True, slots=True)
class SearchField:
    """A field that can be searched."""

    status: Status
    field: str = ""
    """Warden's name for it; empty when there is none."""
    why: str = ""
    """Why there is none."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A check that is no search."""

    status: Status
    why: str = ""
    """Why it cannot be asked; empty when it can."""
    cure: str = ""


_NO_FLAIR = "people have no flair on Lemmy"
_TAGS = "of the tags that posts have on Lemmy 1.0, only whole names can be asked for"
_NO_POLL = "Lemmy has no polls"
_NO_MEDIA = "who made a linked video or picture is not known on Lemmy"
_CROSSPOST = "which post a post was made from is not known; `seen:` asks whether the same link was there before"

SEARCH: Mapping[Target, Mapping[str, SearchField]] = {
    Target.SUBMISSION: {
        "id": SearchField(D, "id"),
        "title": SearchField(D, "title"),
        "domain": SearchField(D, "domain"),
        "url": SearchField(D, "url"),
        "body": SearchField(D, "body"),
        "flair_text": SearchField(FOUR, "tags", why=_TAGS),
        "flair_css_class": SearchField(X, why="tags of posts have no CSS class"),
        "flair_template_id": SearchField(FOUR, why=_TAGS),
        "poll_option_text": SearchField(X, why=_NO_POLL),
        "crosspost_id": SearchField(E, why=_CROSSPOST),
        "crosspost_title": SearchField(E, why=_CROSSPOST),
        "media_author": SearchField(X, why=_NO_MEDIA),
        "media_author_url": SearchField(X, why=_NO_MEDIA),
        "media_title": SearchField(D, "link_title"),
        "media_description": SearchField(D, "link_description"),
    },
    Target.COMMENT: {"id": SearchField(D, "id"), "body": SearchField(D, "body")},
    Target.AUTHOR: {
        "id": SearchField(D, why="Reddit's numbers of accounts mean nothing on Lemmy"),
        "name": SearchField(D, "name"),
        "flair_text": SearchField(X, why=_NO_FLAIR),
        "flair_css_class": SearchField(X, why=_NO_FLAIR),
        "flair_template_id": SearchField(X, why=_NO_FLAIR),
    },
    Target.COMMUNITY: {"name": SearchField(D, "community")},
}
FIELDS = frozenset(name for fields in SEARCH.values() for name in fields)
DEFAULTS: Mapping[str, Placement] = {
    "id": Placement.FULL_EXACT,
    "url": Placement.INCLUDES,
    "media_author": Placement.FULL_EXACT,
    "media_author_url": Placement.INCLUDES,
    "flair_text": Placement.FULL_EXACT,
    "flair_css_class": Placement.FULL_EXACT,
    "flair_template_id": Placement.FULL_EXACT,
}
"""The placement of a key with this one field; a whole word for all others, and for several fields."""

ITEM_FACTS: Mapping[str, Fact] = {
    "reports": Fact(E),
    "body_longer_than": Fact(D),
    "body_shorter_than": Fact(D),
    "is_edited": Fact(D),
    "is_nsfw": Fact(D),
    "is_original_content": Fact(X, "posts of Lemmy are not marked as original"),
    "is_poll": Fact(X, _NO_POLL),
    "is_gallery": Fact(X, "Lemmy has no galleries"),
    "poll_option_count": Fact(X, _NO_POLL),
    "discussion_type": Fact(X, "Lemmy has no chat posts"),
    "is_meta_discussion": Fact(X, "Lemmy knows no discussions about discussions"),
    "event_label": Fact(X, "Lemmy has no events"),
    "past_archive_date": Fact(E),
    "is_top_level": Fact(D),
    "is_self": Fact(D),
    "crosspost_author": Fact(E, _CROSSPOST),
    "crosspost_subreddit": Fact(E, _CROSSPOST),
}
POSTS_ONLY = frozenset(
    {
        *("is_nsfw", "is_original_content", "is_poll", "is_gallery", "poll_option_count", "discussion_type"),
        *("is_meta_discussion", "event_label", "past_archive_date", "is_self", "crosspost_author"),
        *("crosspost_subreddit", "set_flair", "set_sticky", "set_nsfw", "set_spoiler", "set_contest_mode"),
        *("set_original_content", "set_suggested_sort", "set_post_crowd_control_level"),
    }
)
"""Keys that AutoModerator takes for submissions alone, so that a rule for everything is one for them …"""
COMMENTS_ONLY = frozenset({"is_top_level", "parent_submission"})
"""… and for comments alone."""
THRESHOLDS: Mapping[str, Fact] = {
    "account_age": Fact(D),
    "comment_karma": Fact(FOUR),
    "post_karma": Fact(FOUR),
    "link_karma": Fact(FOUR),
    "combined_karma": Fact(FOUR),
    "comment_subreddit_karma": Fact(E, "Warden does not add up votes per community", "use `author: {comment_count}`"),
    "post_subreddit_karma": Fact(E, "Warden does not add up votes per community", "use `author: {post_count}`"),
    "combined_subreddit_karma": Fact(E, "Warden does not add up votes per community", "use `author: {post_count}`"),
}
SCORES: Mapping[str, str] = {
    "comment_karma": "comment_score",
    "post_karma": "post_score",
    "link_karma": "post_score",
    "combined_karma": "score",
}
"""Karma, by Warden's names."""
AUTHOR_FACTS: Mapping[str, Fact] = {
    "is_submitter": Fact(D),
    "is_moderator": Fact(D),
    "is_contributor": Fact(E),
    "contributor_quality": Fact(
        X, "Reddit's own estimate of people", "use `account_age`, `post_count` and `comment_count`"
    ),
    "has_verified_email": Fact(X, "who confirmed a mail address is not told by Lemmy"),
    "is_gold": Fact(X, "Lemmy has no premium"),
    "is_nsfw": Fact(X, "people are not marked as not safe for work"),
}
AUTHOR_KEYS = (*SEARCH[Target.AUTHOR], *THRESHOLDS, *AUTHOR_FACTS, "satisfy_any_threshold", "set_flair")

ACTIONS: Mapping[str, Fact] = {
    "action": Fact(D),
    "set_flair": Fact(FOUR, "tags of posts are known to Lemmy 1.0 alone, and Warden does not set them yet"),
    "set_sticky": Fact(D),
    "set_nsfw": Fact(FOUR, "moderators cannot edit posts on Lemmy 0.19"),
    "set_spoiler": Fact(X, "Lemmy has no mark for spoilers"),
    "set_contest_mode": Fact(X, "Lemmy has no contests"),
    "set_original_content": Fact(X, "posts of Lemmy are not marked as original"),
    "set_suggested_sort": Fact(X, "Lemmy suggests no order of comments"),
    "set_locked": Fact(D),
    "set_post_crowd_control_level": Fact(X, "Lemmy has no crowd control"),
    "comment": Fact(D),
    "modmail": Fact(E),
    "message": Fact(D),
}
SETTINGS: Mapping[str, Fact] = {
    "type": Fact(D),
    "priority": Fact(D),
    "moderators_exempt": Fact(D),
    "standard": Fact(E),
    "ignore_blockquotes": Fact(D),
    "action_reason": Fact(D),
    "report_reason": Fact(D),
    "overwrite_flair": Fact(FOUR, "it goes with `set_flair`"),
    "comment_stickied": Fact(E, "Lemmy pins no comments; the answer is marked as a moderator's"),
    "comment_locked": Fact(FOUR, "comments are locked on Lemmy 1.0 alone"),
    "modmail_subject": Fact(E),
    "message_subject": Fact(E),
}
GROUPS = ("author", "~author", "parent_submission", "subreddit")
TOP_KEYS = (*FIELDS, *ITEM_FACTS, *ACTIONS, *SETTINGS, *GROUPS)

TYPES: Mapping[str, str] = {
    "comment": "comment",
    "comments": "comment",
    "submission": "submission",
    "submissions": "submission",
    "post": "submission",
    "posts": "submission",
    "text submission": "text submission",
    "text submissions": "text submission",
    "text post": "text submission",
    "self post": "text submission",
    "self submission": "text submission",
    "link submission": "link submission",
    "link submissions": "link submission",
    "link post": "link submission",
    "any": "any",
    "all": "any",
    "both": "any",
    "everything": "any",
    "crosspost submission": "crosspost submission",
    "poll submission": "poll submission",
    "gallery submission": "gallery submission",
}
NO_TYPES: Mapping[str, tuple[Status, str]] = {
    "crosspost submission": (E, _CROSSPOST),
    "poll submission": (X, _NO_POLL),
    "gallery submission": (X, "Lemmy has no galleries"),
}

MODIFIERS = frozenset({*Placement, "regex", "case-sensitive"})
MODIFIER_NAMES: Mapping[str, str] = {
    "include": "includes",
    "contains": "includes",
    "contain": "includes",
    "include-word": "includes-word",
    "include-words": "includes-word",
    "includes-words": "includes-word",
    "word": "includes-word",
    "start-with": "starts-with",
    "end-with": "ends-with",
    "exact": "full-exact",
    "exact-full": "full-exact",
    "full": "full-exact",
    "text": "full-text",
    "regexp": "regex",
    "case-sensetive": "case-sensitive",
}
"""Misspelt modifiers; AutoModerator refuses them."""
OTHER_NAMES: Mapping[str, str] = {
    "selftext": "body",
    "link_url": "url",
    "over_18": "is_nsfw",
    "nsfw": "is_nsfw",
    "min_reports": "reports",
    "report_count": "reports",
    "reason": "action_reason",
    "remove_reason": "action_reason",
    "removal_reason": "action_reason",
    "lock": "set_locked",
    "set_lock": "set_locked",
    "sticky": "set_sticky",
    "comment_sticky": "comment_stickied",
    "is_sticky": "comment_stickied",
    "moderator_exempt": "moderators_exempt",
    "mods_exempt": "moderators_exempt",
    "users": "author",
    "user": "author",
    "authors": "author",
    "set_flair_text": "set_flair",
}
"""Keys of other times, plurals and slips of the pen; AutoModerator refuses them today."""
