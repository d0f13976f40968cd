"""Prints the events of an iCalendar file as JSON, as one Python package reads them: `events.py PARSER FILE`.

Stands alone, so that it can run where these packages are installed and the product is not.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def utc(moment: datetime) -> str:
    """Write a moment as UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def by_icalendar(text: str) -> list[dict[str, Any]]:
    """Read with icalendar."""
    import icalendar  # noqa: PLC0415 - each parser is there for its own question alone

    def event(one: Any) -> dict[str, Any]:  # noqa: ANN401 - a component
        geo = one.get("GEO")
        return {
            "uid": str(one["UID"]),
            "sequence": int(one["SEQUENCE"]),
            "start": utc(one["DTSTART"].dt),
            "end": utc(one["DTEND"].dt),
            "summary": str(one["SUMMARY"]),
            "location": str(one["LOCATION"]),
            "description": str(one["DESCRIPTION"]),
            "status": str(one.get("STATUS", "")),
            "geo": [geo.latitude, geo.longitude] if geo else [],
        }

    return [event(one) for one in icalendar.Calendar.from_ical(text).walk("VEVENT")]


def by_ical(text: str) -> list[dict[str, Any]]:
    """Read with ical."""
    from ical.calendar_stream import IcsCalendarStream  # noqa: PLC0415

    return [
        {
            "uid": one.uid,
            "sequence": one.sequence,
            "start": utc(one.dtstart),
            "end": utc(one.dtend),
            "summary": one.summary,
            "location": one.location,
            "description": one.description,
            "status": one.status.value if one.status else "",
            "geo": [one.geo.lat, one.geo.lng] if one.geo else [],
        }
        for one in IcsCalendarStream.calendar_from_ics(text).events
    ]


def by_ics(text: str) -> list[dict[str, Any]]:
    """Read with ics, which leaves the sequence and the place on earth among what it does not know."""
    import ics  # noqa: PLC0415

    def other(one: Any, name: str) -> str:  # noqa: ANN401 - an event
        return next((str(line.value) for line in one.extra if line.name == name), "")

    return [
        {
            "uid": one.uid,
            "sequence": int(other(one, "SEQUENCE")),
            "start": utc(one.begin.datetime),
            "end": utc(one.end.datetime),
            "summary": one.name,
            "location": one.location,
            "description": one.description,
            "status": one.status or "",
            "geo": list(one.geo or ()),
        }
        for one in sorted(ics.Calendar(text).events, key=lambda one: one.uid)
    ]


def by_vobject(text: str) -> list[dict[str, Any]]:
    """Read with vobject."""
    import vobject  # noqa: PLC0415

    def value(one: Any, name: str) -> str:  # noqa: ANN401 - an event
        return str(getattr(one, name).value) if hasattr(one, name) else ""

    return [
        {
            "uid": value(one, "uid"),
            "sequence": int(value(one, "sequence")),
            "start": utc(one.dtstart.value),
            "end": utc(one.dtend.value),
            "summary": value(one, "summary"),
            "location": value(one, "location"),
            "description": value(one, "description"),
            "status": value(one, "status"),
            "geo": [float(part) for part in value(one, "geo").split(";") if part],
        }
        for one in vobject.readOne(text).vevent_list
    ]


PARSERS = {"icalendar": by_icalendar, "ical": by_ical, "ics": by_ics, "vobject": by_vobject}

if __name__ == "__main__":
    content = Path(sys.argv[2]).read_bytes().decode("utf-8")
    sys.stdout.write(json.dumps(PARSERS[sys.argv[1]](content)))
