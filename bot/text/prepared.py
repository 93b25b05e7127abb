"""An item's texts, made ready for one scan."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.text.folding import View, form_of, unmixed
from bot.text.lazy import lazy
from bot.text.markdown import Outline, Region, links_of, may_have_images, may_have_regions, outline
from bot.text.respelling import Respelt, respell


class Text:
    """One field of an item. What can be made of it is worked out when it is first asked for."""

    respelt: Respelt | None = None
    """What is read in another way (digits for letters, letters set apart); ``None`` where nothing is."""
    regions: tuple[Region, ...] = ()
    """Quotes and code, only in Markdown fields, sorted by start."""
    links: tuple[str, ...] = ()
    """Addresses that the rendered text links to, images excluded; in order."""
    images: tuple[str, ...] = ()
    """Addresses of pictures shown in the rendered text; in order."""

    def __init__(self, original: str) -> None:
        self.original = original
        if original.isascii():
            self.form = self.folded = None

    @lazy
    def form(self) -> View | None:
        """In compatible letters; ``None`` where nothing in it can be a disguise."""
        return form_of(self.original)

    @lazy
    def folded(self) -> View | None:
        """A second view with disguises undone (NFKC, invisible characters, look-alikes); ``None`` where equal."""
        return self.form and unmixed(self.original, self.form)


class Prose(Text):
    """A field in which words may be spelt in another way."""

    @lazy
    def respelt(self) -> Respelt | None:
        return respell(self.original, self.form, self.folded)


class Markdown(Prose):
    """A field with quotes, code and links."""

    @lazy
    def _outline(self) -> Outline:
        return outline(self.original)

    @lazy
    def regions(self) -> tuple[Region, ...]:
        return self._outline.regions if may_have_regions(self.original) else ()

    @lazy
    def links(self) -> tuple[str, ...]:
        return links_of(self.original)

    @lazy
    def images(self) -> tuple[str, ...]:
        return self._outline.images if may_have_images(self.original) else ()


class Prepared(NamedTuple):
    """All known texts of an item, by the field's name in the rule language. A field not known is absent."""

    fields: Mapping[str, Text]
    tell_all: bool = False
    """Whether they are all that is to be known of where the item leads and what it shows."""
