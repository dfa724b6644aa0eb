"""Texts of a rule by the shape of the standing, while two threads ask for the first time."""

from threading import Event, Thread
from types import SimpleNamespace

from people.stand_in import Texts

SETS = ("staff", "pupils")


class Meeting:
    """A standing with both sets; when it is first asked for `staff`, the other thread goes on and ends."""

    def __init__(self, go_on, ended):
        self.go_on, self.ended, self.pupils = go_on, ended, {2}

    @property
    def staff(self):
        self.go_on.set()
        self.ended.wait(1)
        return {1}


def test_what_one_thread_learns_while_another_asks_spoils_no_shape():
    begun, go_on, ended = Event(), Event(), Event()

    def write(stand_in):
        """The names of the sets that hold anything."""
        held = [name for name in SETS[:1] if getattr(stand_in.standing, name)]
        if not begun.is_set():
            begun.set()
            go_on.wait(0.2)
        return (*held, *(name for name in SETS[1:] if getattr(stand_in.standing, name)))

    texts = Texts(write)
    plain = SimpleNamespace(standing=SimpleNamespace(staff={1}, pupils=set()))

    def first():
        texts.of(plain)
        ended.set()

    thread = Thread(target=first)
    thread.start()
    begun.wait(1)
    texts.of(SimpleNamespace(standing=Meeting(go_on, ended)))
    thread.join()
    shape, text = texts.of(plain)
    assert set(text) == shape == {"staff"}
