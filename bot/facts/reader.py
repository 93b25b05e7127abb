"""Looking into pictures at arm's length."""

import shutil
from importlib.util import find_spec

import msgspec

from bot.domain.picture import Picture
from bot.facts.child import RAPIDOCR
from bot.facts.worker import CHILD, LONGEST, ExtraMissing, NoAnswer, Worker


def text_reader() -> str | None:
    """What reads the text in pictures on this machine: ``RapidOCR``, or else the path of tesseract."""
    if all(find_spec(each) is not None for each in ("rapidocr", "onnxruntime")):
        return RAPIDOCR
    return shutil.which("tesseract")


class Reader:
    """Looks into pictures, one at a time; may be shared between threads."""

    def __init__(self, *, reads: bool | None = None, longest: float = LONGEST, child: tuple[str, ...] = CHILD) -> None:
        """``reads``: whether text is read too; by default where there is a reader of text.

        Raises ExtraMissing.
        """
        if find_spec("PIL") is None:
            raise ExtraMissing("pictures cannot be opened. Cure: pip install 'lemmy-warden[image]'")
        named = None if reads is False else text_reader()
        if reads and named is None:
            raise ExtraMissing(
                "text in pictures cannot be read. Cure: pip install 'lemmy-warden[ocr]', or install tesseract "
                "(`apt install tesseract-ocr`)"
            )
        self._worker = Worker(child if named is None else (*child, "--read", named), longest)

    def look(self, content: bytes) -> Picture:
        """What the picture shows; where a look fails, why. Raises nothing."""
        try:
            return msgspec.json.decode(self._worker.answer(content), type=Picture)
        except NoAnswer as why:
            return Picture(why=(f"looking into the picture {why}",))
        except msgspec.DecodeError:
            # A picture may have taken the child over; a lie in the right form is not worse than a picture that lies.
            return Picture(why=("looking into the picture gave no answer that makes sense",))

    def close(self) -> None:
        """End the child; a later look starts another."""
        self._worker.close()
