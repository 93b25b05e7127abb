"""How the sandbox says no."""


class Refusal(Exception):
    """A Lemmy error: its word, the HTTP status and, for inner faults, a message."""

    def __init__(self, word: str, status: int = 400, message: str | None = None) -> None:
        super().__init__(word)
        self.word = word
        self.status = status
        self.message = message

    @property
    def body(self) -> dict[str, str]:
        return {"error": self.word} if self.message is None else {"error": self.word, "message": self.message}
