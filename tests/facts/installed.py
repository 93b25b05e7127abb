"""What reads text on this machine."""

import shutil
from importlib.util import find_spec

import pytest

TESSERACT = shutil.which("tesseract")
needs_rapidocr = pytest.mark.skipif(find_spec("rapidocr") is None, reason="the extra `ocr` is not installed")
needs_tesseract = pytest.mark.skipif(TESSERACT is None, reason="tesseract is not installed")
