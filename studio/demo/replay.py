"""Replaying stories in the order in which they happened.

A story is a generator: it yields `(moment, actor)` and, once all that happened before is done, goes on to act
in the actor's name. So each story reads from top to bottom and still all of them take place side by side.
"""

import heapq
from itertools import count

import pghistory


class Replay:
    def __init__(self):
        self._waiting = []
        self._serial = count()

    def start(self, story):
        """Take a story in, up to its first moment."""
        self._resume(story)

    def run(self):
        """Let everything happen; stories may start others meanwhile."""
        while self._waiting:
            _, _, actor, story = heapq.heappop(self._waiting)
            with pghistory.context(user=actor.pk):
                self._resume(story)

    def _resume(self, story):
        waits = next(story, None)
        if waits is not None:
            moment, actor = waits
            heapq.heappush(self._waiting, (moment, next(self._serial), actor, story))
