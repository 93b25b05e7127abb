"""What may keep a new configuration from being made."""


class Obstacle(Exception):
    """What keeps us from an instance, an account or a community."""

    def __init__(self, what: str, cure: str) -> None:
        super().__init__(f"{what}. Cure: {cure}.")
        self.what = what
        self.cure = cure


class SecondFactor(Obstacle):
    """The key of a second factor is missing, or not right."""
