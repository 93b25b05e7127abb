"""Addresses of wallets: letters count only when their checksum is right, so that no other code is taken for one."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from bot.checks.check import Plain, Subject
from bot.checks.text_search import own_spans
from bot.domain.answer import Answer, Evidence, No, Unknown, Yes, opposite
from bot.matching.pattern import Pattern, Placement
from bot.text.prepare import FIELDS_OF

FIELDS = ("title", "body")
PATTERNS = frozenset(
    Pattern(value, Placement.WORD, regex=True, case_sensitive=True)
    for value in (
        "[1-9A-HJ-NP-Za-km-z]{26,35}",  # Bitcoin and its relatives, Tron, Ripple's shape is another alphabet
        "(?:bc|tb|ltc)1[02-9ac-hj-np-z]{11,71}",  # segregated witness, BIP 173 and 350
        "(?:BC|TB|LTC)1[02-9AC-HJ-NP-Z]{11,71}",
    )
)
_BASE58 = {letter: value for value, letter in enumerate("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")}
_BECH32 = {letter: value for value, letter in enumerate("qpzry9x8gf2tvdw0s3jn54khce6mua7l")}
_BECH32_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32_SUMS = (1, 0x2BC830A3)
"""What a right checksum comes to, before and since BIP 350."""
_BASE58_BYTES = 25
"""One for the kind, twenty for the account, four for the checksum."""


@dataclass(frozen=True, slots=True)
class WalletAddress(Plain):
    """``wallet_address``."""

    key: str
    wanted: bool

    def answer(self, subject: Subject) -> Answer:
        found = self._found(subject)
        return found if self.wanted else opposite(found)

    def _found(self, subject: Subject) -> Answer:
        evidence = []
        for field in FIELDS:
            text = subject.texts.fields.get(field)
            if text is None:
                if field in FIELDS_OF[subject.item.kind]:
                    return Unknown(f"{field} is not known")
                continue
            for span in own_spans(subject.hits.among(field, PATTERNS).spans, text):
                address = text.original[span.start : span.end]
                if is_wallet_address(address):
                    evidence.append(Evidence(field, span.start, span.end, address, self.key))
        return Yes(tuple(evidence)) if evidence else No()

    def patterns(self) -> Iterable[Pattern]:
        return PATTERNS


def is_wallet_address(text: str) -> bool:
    """Whether the checksum is right: Base58Check, Bech32 or Bech32m."""
    lowered = text.lower()
    if lowered.startswith(("bc1", "tb1", "ltc1")) and text in {lowered, text.upper()}:
        return _is_bech32(lowered)
    return _is_base58(text)


def _is_base58(text: str) -> bool:
    number = 0
    for letter in text:
        if letter not in _BASE58:
            return False
        number = number * 58 + _BASE58[letter]
    if number >= 1 << (8 * _BASE58_BYTES):
        return False
    data = number.to_bytes(_BASE58_BYTES, "big")
    zeros = len(data) - len(data.lstrip(b"\0"))
    ones = len(text) - len(text.lstrip("1"))
    return zeros == ones and sha256(sha256(data[:-4]).digest()).digest()[:4] == data[-4:]


def _is_bech32(text: str) -> bool:
    prefix, _, rest = text.partition("1")
    if any(letter not in _BECH32 for letter in rest):
        return False
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    checksum = 1
    for value in spread + [_BECH32[letter] for letter in rest]:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_BECH32_GENERATOR):
            checksum ^= generator if top >> place & 1 else 0
    return checksum in _BECH32_SUMS
