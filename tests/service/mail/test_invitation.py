"""Is an invitation for whom the mail goes to, and the same event otherwise?"""

from __future__ import annotations

from icalendar import Calendar, Event, vCalAddress

from service.mail.invitation import MOST_OCTETS, addressed_to


def an_invitation(address: str) -> str:
    event = Event()
    event.add("UID", "1")
    event.add("SUMMARY", "Lerend netwerk – één sessie, " + "é" * 90)
    event.add("ORGANIZER", vCalAddress("mailto:in2stem@voorbeeld.be"))
    guest = vCalAddress(f"mailto:{address}")
    guest.params["CN"] = "Zoë van de Technische Scholen van de Voorbeeldstad en Omstreken"
    event.add("ATTENDEE", guest)
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "REQUEST")
    calendar.add_component(event)
    return calendar.to_ical().decode()


def test_attendee_alone_is_another_one() -> None:
    made = addressed_to(an_invitation("noreply@in2stem.invalid"), "an@school.example")
    assert Calendar.from_ical(made) == Calendar.from_ical(an_invitation("an@school.example"))
    assert all(len(line.encode()) <= MOST_OCTETS for line in made.split("\r\n"))


def test_same_address_changes_nothing_and_nothing_stays_nothing() -> None:
    text = an_invitation("an@school.example")
    assert Calendar.from_ical(addressed_to(text, "an@school.example")) == Calendar.from_ical(text)
    assert not addressed_to("", "an@school.example")
