"""Days and hours of the demonstration: everything is told in days from today and falls on a working day."""

from datetime import datetime, time, timedelta

from django.utils import timezone

SATURDAY, SUNDAY = 5, 6
# When people sit down to write what is not bound to an hour; the text itself picks one, so it never changes.
QUIET_HOURS = ("08:40", "09:55", "11:20", "12:35", "13:45", "15:05", "16:25", "17:40")


class Clock:
    """`today` is the day from which the content counts."""

    def __init__(self, today=None):
        self.today = today or timezone.localdate()

    def date(self, offset):
        """The day `offset` days from today as it is."""
        return self.today + timedelta(days=offset)

    def day(self, offset):
        """The nearest working day: a past weekend moves back to Friday, a coming one on to Monday."""
        day = self.date(offset)
        if day.weekday() == SATURDAY:
            return day + timedelta(days=-1 if offset < 0 else 2)
        if day.weekday() == SUNDAY:
            return day + timedelta(days=-2 if offset < 0 else 1)
        return day

    def at(self, offset, hour):
        """The moment "HH:MM" of that working day, aware."""
        return timezone.make_aware(datetime.combine(self.day(offset), time.fromisoformat(hour)))


class Thread:
    """The moments of one story in order: weekends fold days together, so each moment follows the last."""

    GAP = timedelta(minutes=25)

    def __init__(self, clock):
        self.clock = clock
        self.last = None

    def at(self, offset, hour=None, *, text=""):
        """The next moment of the story: at `hour`, or at a quiet hour picked by `text`."""
        moment = self.clock.at(offset, hour or QUIET_HOURS[len(text) % len(QUIET_HOURS)])
        if self.last is not None:
            moment = max(moment, self.last + self.GAP)
        self.last = moment
        return moment
