"""The switch that stops all acting: a file named STOP."""

from pathlib import Path


class StopFile:
    """Asked before every send, so that the last action follows the file within one request."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "STOP"

    def __call__(self) -> bool:
        return self.path.exists()
