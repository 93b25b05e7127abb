"""Looking into pictures at arm's length."""

from importlib.util import find_spec

import msgspec

from bot.domain.picture import Picture
from bot.facts.worker import CHILD, LONGEST, ExtraMissing, NoAnswer, Worker


class Reader:
    """Looks into pictures, one at a time; may be shared between threads."""

    def __init__(self, *, reads: bool | None = None, longest: float = LONGEST, child: tuple[str, ...] = CHILD) -> None:
        """``reads``: whether text is read too; by default where the extra ``ocr`` is installed.

        Raises ExtraMissing.
        """
        if find_spec("PIL") is None:
            raise ExtraMissing("pictures cannot be opened. Cure: pip install 'lemmy-warden[image]'")
        can_read = all(find_spec(each) is not None for each in ("rapidocr", "onnxruntime"))
        if reads and not can_read:
            raise ExtraMissing("text in pictures cannot be read. Cure: pip install 'lemmy-warden[ocr]'")
        self._worker = Worker((*child, "--read") if can_read and reads is not False else child, longest)

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
