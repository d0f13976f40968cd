"""What does a calendar program make of our files? Read by another library, kept by UID and SEQUENCE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ical.calendar_stream import IcsCalendarStream

if TYPE_CHECKING:
    from ical.event import Event


def read_events(data: bytes) -> list[Event]:
    """Read a file's events with the parser of Home Assistant."""
    return list(IcsCalendarStream.calendar_from_ics(data.decode()).events)


class Store:
    """One person's calendar, by the rules of RFC 5546, 2.1.5: the higher SEQUENCE wins, then the later DTSTAMP."""

    def __init__(self) -> None:
        """Start empty."""
        self.known: dict[str, tuple[tuple[int, object], Event | None]] = {}

    def take_in(self, data: bytes) -> int:
        """Import one file; give how many of its events had something new to say."""
        calendar = IcsCalendarStream.calendar_from_ics(data.decode())
        news = 0
        for event in calendar.events:
            age = (event.sequence or 0, event.dtstamp)
            if event.uid in self.known and age <= self.known[event.uid][0]:
                continue
            gone = calendar.method == "CANCEL" or event.status == "CANCELLED"
            self.known[event.uid] = (age, None if gone else event)
            news += 1
        return news

    @property
    def events(self) -> list[Event]:
        """What the person sees, first event first."""
        seen = [event for _, event in self.known.values() if event is not None]
        return sorted(seen, key=lambda event: (event.start, event.uid))
