"""A value is made once, when it is first asked for."""

from bot.text.lazy import lazy


class Counted:
    def __init__(self):
        self.made = 0

    @lazy
    def value(self):
        """What it is."""
        self.made += 1
        return self.made


def test_a_value_is_made_once_for_each_object():
    one, other = Counted(), Counted()
    assert (one.made, one.value, one.value, one.made) == (0, 1, 1, 1)
    assert other.made == 0


def test_it_keeps_what_is_said_of_it():
    assert vars(Counted)["value"].__doc__ == "What it is."
