"""Tables that several modules share, and word tables written as text."""

IMAGE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".heic", ".jxl", ".svg")


def words(text: str) -> frozenset[str]:
    """The words between blanks."""
    return frozenset(text.split())
