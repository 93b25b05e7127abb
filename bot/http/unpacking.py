"""Bodies of answers without their content coding, never more of them than is wanted."""

import zlib
from collections.abc import Iterable


def unpacked(pieces: Iterable[bytes], coding: str, largest: int, *, cut: bool = False) -> bytes | None:
    """The whole body, or with ``cut`` as much of it as is wanted.

    ``None`` when it has more than ``largest`` bytes, of which no more is kept, when the coding is neither ``gzip`` nor
    ``identity`` (or empty), or when it cannot be unpacked.
    """
    coding = coding.strip().lower()
    if coding not in {"", "gzip", "identity"}:
        return None
    unpack = zlib.decompressobj(wbits=31) if coding == "gzip" else None
    content = bytearray()
    for piece in pieces:
        try:
            content += piece if unpack is None else unpack.decompress(piece, largest + 1 - len(content))
        except zlib.error:
            return None
        if cut and len(content) >= largest:
            return bytes(content[:largest])
        if len(content) > largest:
            return None
    return bytes(content) if unpack is None or unpack.eof else None
