"""Nothing of a document is lost, whatever stands in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.automod.mending import read_mended
from bot.automod.reading import NotYaml, read
from bot.automod.source import LARGEST, NoText, take_apart
from bot.automod.tree import Document, Entry, Mapping, Scalar, Sequence, printed
from bot.automod.values import boolean, compared, is_empty, is_surprise, whole
from tests.paths import SHARED, needs_shared_data

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
quoted = st.builds(Scalar, texts, st.just(False))
plain = st.builds(Scalar, st.from_regex(r"[a-z0-9][a-z0-9_.~+-]{0,8}( \(regex\))?", fullmatch=True))
scalars = st.one_of(quoted, plain)
comments = st.lists(st.text(alphabet="ab #:'\"-[", max_size=8).map(lambda each: each + "x"), max_size=2).map(tuple)


def entries(keys, values, *, many: bool):
    beside = comments.map(lambda each: each[:1])
    return st.lists(st.builds(Entry, keys, values, comments, beside), max_size=4 if many else 1).map(tuple)


lists = entries(st.none(), scalars, many=True).map(Sequence)
nested = st.recursive(
    scalars,
    lambda inner: st.lists(st.builds(Entry, st.none(), inner), min_size=1, max_size=3).map(tuple).map(Sequence),
    max_leaves=6,
)
groups = entries(scalars, st.one_of(scalars, lists, nested), many=True).map(Mapping)
nodes = st.one_of(scalars, lists, nested, groups)
documents = st.builds(Document, entries(scalars, nodes, many=True).map(Mapping), comments)


@settings(deadline=None)
@given(documents)
def test_what_is_printed_reads_back_the_same(document):
    """Repeated keys, comments and the order of everything."""
    if not document.node.entries:
        document = Document(document.node)
    assert read(printed(document)) == document


@needs_shared_data
def test_every_public_page_reads_back_the_same():
    read_back = 0
    for path in sorted((SHARED / "automod").glob("*.y*ml")):
        for chunk in take_apart(path.read_bytes()).chunks:
            try:
                document = read_mended(chunk.text).document
            except NotYaml:
                continue  # prose of a page of documentation
            if document is not None:
                assert read(printed(document)) == document, path.name
                read_back += 1
    assert read_back > 115


@pytest.mark.parametrize(
    ("written", "looked_for", "surprise"),
    [
        ("no", "False", True),
        ("on", "True", True),
        ("010", "8", True),
        ("12:30", "750", True),
        ("1_000", "1000", True),
        ("1.50", "1.5", True),
        ("0x1F", "31", True),
        ("2024-01-01", "2024-01-01", False),
        ("2024-13-45", "2024-13-45", False),
        ("word", "word", False),
        ("42", "42", False),
        ("y", "y", False),
        ("1" * 5_000, "1" * 5_000, False),
    ],
)
def test_values_are_read_as_yaml_1_1_does(written, looked_for, surprise):
    assert compared(Scalar(written)) == looked_for
    assert is_surprise(Scalar(written)) is surprise
    assert compared(Scalar(written, plain=False)) == written


def test_what_counts_as_nothing():
    assert all(is_empty(Scalar(each)) for each in ("", "no", "0", "~", "false"))
    assert is_empty(Sequence(()))
    assert not is_empty(Scalar("no", plain=False))


def test_true_false_and_numbers():
    assert [boolean(Scalar(each)) for each in ("yes", "off", "maybe")] == [True, False, None]
    assert boolean(Scalar("true", plain=False)) is True
    assert boolean(Sequence(())) is None
    assert [whole(Scalar(each)) for each in ("3", "010", "x", "true")] == [3, 8, None, None]
    assert whole(Scalar(" 7 ", plain=False)) == 7


BOMB = "a0: &a0 [x, x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 30))
REFUSED = {
    "an alias bomb": (BOMB, "values"),
    "nesting": ("a: " + "[" * 5_000 + "]" * 5_000, "nesting"),
    "a tag": ("a: !!python/object:os.system x", "tag"),
    "an alias to itself": ("a: &a [*a]", "undefined alias"),
    "keys that are groups": ("? {a: b}\n: c", "unhashable key"),
    "a second document": ("a: b\n--- \nc: d", "second document"),
    "a control character": ("a: \x07", "control character"),
    "an open bracket": ("a: [b", "flow sequence"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_told(name):
    text, why = REFUSED[name]
    with pytest.raises(NotYaml) as raised:
        read(text)
    assert why in raised.value.why


def test_aliases_are_followed():
    document = read("a: &x [b, c]\nd: *x\n")
    assert document is not None
    assert document.node.entries[0].value == document.node.entries[1].value


@pytest.mark.parametrize(
    "data", [b"\x89PNG\0\0", b"a: b\n" * LARGEST, b"\xff\xfe\xff"], ids=["picture", "too large", "half"]
)
def test_what_is_no_text_cannot_be_read_at_all(data):
    with pytest.raises(NoText):
        take_apart(data)


def test_other_encodings():
    assert take_apart("title: ü\n".encode("utf-16")).chunks[0].text == "title: ü\n"
    assert take_apart("title: ü\n".encode("cp1252")).mended
