"""What may go wrong with the database."""


class StoreUnavailable(Exception):
    """The database cannot be read or written now. What cannot be written down is not done."""


class StoreUnusable(Exception):
    """The database cannot be used at all; says why, and the cure."""


class StoreInUse(StoreUnusable):
    """Another Warden works on the database."""
