"""Every known field of an item can be searched; what is not known stays absent."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.item import Author, Comment, Kind, Post
from bot.text.folding import View
from bot.text.markdown import Region, RegionKind
from bot.text.prepare import FIELDS_OF, LONGEST, prepare
from tests.builders import BOB, a_comment, a_post


def test_a_known_post_has_every_field_of_its_kind_except_what_nobody_looked_for():
    author = replace(BOB, display_name="Bob", bio="")
    assert set(prepare(a_post(author=author)).fields) == FIELDS_OF[Kind.POST] - {"image_text"}
    assert set(prepare(a_post(author=author, image_text="")).fields) == FIELDS_OF[Kind.POST]


def test_a_known_comment_has_every_field_of_its_kind():
    author = replace(BOB, display_name="Bob", bio="")
    assert set(prepare(a_comment(author=author)).fields) == FIELDS_OF[Kind.COMMENT]


@pytest.mark.parametrize("item", [Post(id="1"), Comment(id="1")])
def test_what_is_not_known_is_absent(item):
    assert set(prepare(item).fields) == {"id"}


def test_what_is_known_to_be_empty_is_there():
    prepared = prepare(Post(id="1", title="", url="", body=""))
    assert {field: text.original for field, text in prepared.fields.items()} == {
        "id": "1", "title": "", "url": "", "body": "", "domain": ""
    }  # fmt: skip


@pytest.mark.parametrize(
    ("author", "full_name"),
    [
        (Author(name="bob", instance="lemmy.test"), "bob@lemmy.test"),
        (Author(name="bob"), None),
        (Author(instance="lemmy.test"), None),
    ],
)
def test_the_full_name_needs_both_parts(author, full_name):
    text = prepare(a_post(author=author)).fields.get("author.full_name")
    assert (text and text.original) == full_name


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://good.example@Evil.EXAMPLE.:443/", "evil.example"),
        ("https://münchen.example/", "xn--mnchen-3ya.example"),
        ("nonsense", ""),
        ("", ""),
    ],
)
def test_the_domain_is_the_host_that_a_browser_would_ask(url, domain):
    assert prepare(a_post(url=url)).fields["domain"].original == domain


def test_only_markdown_fields_have_regions_and_links():
    quoted = "> https://x.example"
    prepared = prepare(a_post(title=quoted, body=quoted, alt_text=quoted, author=replace(BOB, bio=quoted)))
    outlined = {field for field, text in prepared.fields.items() if text.regions and text.links}
    assert outlined == {"body", "author.bio"}
    assert prepared.fields["body"].regions == (Region(RegionKind.QUOTE, 0, len(quoted)),)


def test_the_folded_view_stands_beside_the_original():
    assert prepare(a_post(title="сrypto")).fields["title"].folded == View("crypto", (0, 1, 2, 3, 4, 5, 6))


@pytest.mark.parametrize("text", ["“Quoted” – it’s fine ✓", "plain", "naïve café"])
def test_honest_writing_has_no_other_view(text):
    title = prepare(a_post(title=text)).fields["title"]
    assert title.folded is title.respelt is None


def test_a_name_is_not_respelt():
    post = prepare(a_post(title="cr7pto", url="https://x.example/cr7pto"))
    assert post.fields["title"].respelt.view.text == "crtpto"
    assert post.fields["url"].respelt is None


def test_very_long_texts_are_searched_up_to_a_limit():
    assert len(prepare(a_post(body="é" * (LONGEST + 9))).fields["body"].original) == LONGEST


anything = st.one_of(st.none(), st.text(alphabet=st.characters(), max_size=30))
authors = st.builds(Author, name=anything, instance=anything, display_name=anything, bio=anything)
posts = st.builds(
    Post,
    id=st.text(max_size=5),
    author=authors,
    **dict.fromkeys(["title", "body", "url", "alt_text", "link_title", "link_description", "image_text"], anything),
)
comments = st.builds(Comment, id=st.text(max_size=5), body=anything, author=authors)


@given(st.one_of(posts, comments))
@settings(deadline=None)
def test_any_item_is_prepared_and_every_place_lies_in_its_text(item):
    known = {each.name for each in fields(item) if getattr(item, each.name) is not None}
    known.discard("community")  # of it, only the name is searched
    prepared = prepare(item)
    assert set(prepared.fields) <= FIELDS_OF[item.ref.kind]
    assert (FIELDS_OF[item.ref.kind] & known) <= set(prepared.fields)
    for text in prepared.fields.values():
        for view in filter(None, (text.folded, text.respelt and text.respelt.view)):
            assert len(view.places) == len(view.text) + 1
            assert all(0 <= place <= len(text.original) for place in view.places)
        assert all(0 <= each.start < each.end <= len(text.original) for each in text.regions)
