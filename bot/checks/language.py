"""The language of the item: the one its author chose, else the one its letters tell."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.checks.check import Plain, Subject
from bot.checks.setting import SettingError, numbered_texts
from bot.checks.shape import LIST, Shape, many
from bot.domain.answer import Answer, Evidence, No, Unknown, Yes, doubtful
from bot.text.tongue import can_detect, tongue

_CODES = (
    "und aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee "
    "el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is "
    "it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms "
    "mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk "
    "sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi "
    "yo za zh zu"
)
SURE = 0.8
UNSURE = 0.5
"""Under this the letters tell nothing; between the two, a human decides."""
CODES = tuple(_CODES.split())
"""ISO 639-1 codes in the order of Lemmy's language numbers; number 0 is *undetermined*."""
_NUMBERS: Mapping[str, int] = {code: number for number, code in enumerate(CODES)}


@dataclass(frozen=True, slots=True)
class Language(Plain):
    """Whether the item's language is one of these."""

    key: str
    numbers: frozenset[int]

    def answer(self, subject: Subject) -> Answer:
        number = subject.item.language
        if not number:
            return self._by_letters(subject)
        return self._yes(CODES[number]) if number in self.numbers else No()

    def _by_letters(self, subject: Subject) -> Answer:
        if not can_detect():
            return Unknown("the author chose no language, and the extra `language` is not installed")
        fields = subject.texts.fields
        found = tongue("\n".join(fields[name].original for name in ("title", "body") if name in fields))
        if found is None or found[1] < UNSURE:
            return Unknown("the author chose no language, and the text does not tell")
        code, sureness = found
        is_wanted = _NUMBERS.get(code) in self.numbers
        if sureness >= SURE:
            return self._yes(code) if is_wanted else No()
        doubt = f"the letters look like `{code}`"
        return doubtful(self._yes(code), doubt) if is_wanted else Unknown(doubt)

    def _yes(self, code: str) -> Yes:
        return Yes((Evidence("language", None, None, code, self.key),))

    def asked(self) -> str:
        return ", ".join(CODES[number] for number in sorted(self.numbers))

    def actual(self, subject: Subject) -> str:
        number = subject.item.language
        return CODES[number] if number and number < len(CODES) else ""


SHAPE: Shape = {"anyOf": [many(CODES[1:]), LIST], "examples": [["en", "de"]]}


def language_numbers(setting: object) -> frozenset[int]:
    """Lemmy's numbers of the named languages. Raises SettingError for what is no code."""
    numbers = set()
    for path, text in numbered_texts(setting):
        code = text.strip().lower()
        if code == "und" or code not in _NUMBERS:
            raise SettingError(f"`{text}` is no language code", "write two letters, as in `en`, `de` or `pt`", path)
        numbers.add(_NUMBERS[code])
    return frozenset(numbers)
