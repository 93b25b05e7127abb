"""Where the data outside the project lies."""

from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
SHARED = CHECKOUT.parent / "shared" / "data"

needs_shared_data = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the shared measuring data is not beside this checkout"
)
