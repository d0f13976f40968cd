"""Where does a school stand? The 21 criteria rated by one or more people: saved, submitted once, then frozen.

A submitted measurement never changes. A replacement is a new measurement that names the old one and says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Final, Literal

from matcher.domain.document import document_of
from matcher.domain.period import refuse_if
from matcher.domain.vocabulary import HIGHEST_RATING, LABEL_CRITERIA

Moment = Literal["baseline", "final"]

MOMENT_NAMES: Final = {"baseline": "nulmeting", "final": "eindmeting"}
FORMAT: Final = "in2stem-measurement/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One person's rating of a criterion, 0-4, with evidence.

    `absent` is the statement that the school does not have this at all; `evidence` are texts, `links` web addresses.
    """

    criterion: str
    value: int
    absent: bool = False
    evidence: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a rating off the scale; raise InvalidValueError."""
        refuse_if(self.criterion not in LABEL_CRITERIA, f"«{self.criterion}» is geen criterium van het label.")
        wrong = not 0 <= self.value <= HIGHEST_RATING
        refuse_if(
            wrong, f"Criterium {self.criterion}: {self.value} staat niet op de schaal van 0 tot {HIGHEST_RATING}."
        )
        plain = all(one.startswith(("https://", "http://")) for one in self.links)
        refuse_if(not plain, f"Criterium {self.criterion}: een link begint met https:// of http://.")

    @property
    def proven(self) -> bool:
        """Whether any evidence stands beside the rating."""
        return any(one.strip() for one in self.evidence) or bool(self.links)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingSheet:
    """What one person of the school filled in; criteria that are not there were not rated."""

    rater: str
    ratings: tuple[Rating, ...] = ()

    def __post_init__(self) -> None:
        """Put ratings in the label's order and refuse doubles; raise InvalidValueError."""
        refuse_if(not self.rater, "Een ingevuld formulier noemt wie het invulde.")
        codes = [one.criterion for one in self.ratings]
        refuse_if(len(set(codes)) < len(codes), f"{self.rater}: een criterium staat er twee keer.")
        ordered = sorted(self.ratings, key=lambda one: LABEL_CRITERIA.index(one.criterion))
        object.__setattr__(self, "ratings", tuple(ordered))


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A school's baseline or final measurement; a draft for as long as `submitted_at` (UTC) is None.

    `due` is the last day on which it was asked. `replaces` is the id of a submitted measurement that this
    one takes the place of, once it is submitted itself; `reason` says why.
    """

    id: str
    school: str
    moment: Moment
    sheets: tuple[RatingSheet, ...] = ()
    due: date | None = None
    submitted_at: datetime | None = None
    submitted_by: str = ""
    replaces: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a measurement that can't be; raise InvalidValueError."""
        refuse_if(not (self.id and self.school), "Een meting heeft een nummer en een school nodig.")
        raters = [one.rater for one in self.sheets]
        refuse_if(len(set(raters)) < len(raters), "Een persoon vult een meting één keer in.")
        object.__setattr__(self, "sheets", tuple(sorted(self.sheets, key=lambda one: one.rater)))
        refuse_if(bool(self.replaces) and not self.reason.strip(), "Wie een meting vervangt, zegt waarom.")
        refuse_if(self.replaces == self.id, "Een meting vervangt een andere meting.")
        stamped = self.submitted_at is None or self.submitted_at.tzinfo is not None
        refuse_if(not stamped, "Het tijdstip van indienen heeft een tijdzone nodig.")

    @property
    def frozen(self) -> bool:
        """Whether it was submitted."""
        return self.submitted_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """What several people say of a criterion: their ratings in rising order, and whether any evidence is there."""

    criterion: str
    values: tuple[int, ...]
    proven: bool

    @property
    def median(self) -> Fraction:
        """The middle rating; between the middle two where their number is even."""
        middle = len(self.values) // 2
        both = self.values[middle - (len(self.values) % 2 == 0) : middle + 1]
        return Fraction(sum(both), len(both))

    @property
    def rating(self) -> int:
        """The median, a half rounded down: in doubt the school still has something to win."""
        return int(self.median)

    @property
    def spread(self) -> int:
        """The highest rating less the lowest."""
        return self.values[-1] - self.values[0]


def combined_ratings(measurement: Measurement) -> Mapping[str, Combined]:
    """Put the sheets together: a median per criterion that anybody rated, in the label's order."""
    given: dict[str, list[Rating]] = {}
    for sheet in measurement.sheets:
        for rating in sheet.ratings:
            given.setdefault(rating.criterion, []).append(rating)
    return {
        code: Combined(
            criterion=code,
            values=tuple(sorted(one.value for one in given[code])),
            proven=any(one.proven for one in given[code]),
        )
        for code in LABEL_CRITERIA
        if code in given
    }


def save_sheet(measurement: Measurement, sheet: RatingSheet) -> Measurement:
    """Put one person's sheet in a draft, in place of the one before; raises InvalidValueError when frozen."""
    refuse_if(measurement.frozen, "Deze meting is ingediend en ligt vast. Vervang ze door een nieuwe, met een reden.")
    others = tuple(one for one in measurement.sheets if one.rater != sheet.rater)
    return replace(measurement, sheets=(*others, sheet))


def without_raters(measurement: Measurement) -> Measurement:
    """Take people's names out, for when they must be erased: raters become numbers, ratings and evidence stay."""
    sheets = tuple(
        replace(one, rater=f"beoordelaar {place:02}") for place, one in enumerate(measurement.sheets, start=1)
    )
    return replace(measurement, sheets=sheets, submitted_by="")


def replace_measurement(old: Measurement, new_id: str, reason: str) -> Measurement:
    """Start a draft that will take the place of a submitted measurement; raises InvalidValueError otherwise."""
    refuse_if(not old.frozen, "Deze meting is nog niet ingediend: pas ze gewoon aan.")
    return replace(old, id=new_id, submitted_at=None, submitted_by="", replaces=old.id, reason=reason)


def current_measurement(measurements: Iterable[Measurement], school: str, moment: Moment) -> Measurement | None:
    """Give the submitted measurement that counts: the latest of those that no submitted one replaces."""
    mine = [one for one in measurements if one.frozen and (one.school, one.moment) == (school, moment)]
    replaced = {one.replaces for one in mine}
    left = [one for one in mine if one.id not in replaced]
    return max(left, key=_when, default=None)


def _when(one: Measurement) -> tuple[float, str]:
    return (one.submitted_at.timestamp() if one.submitted_at else 0.0), one.id


measurement_to_document, measurement_from_document = document_of(FORMAT, Measurement)
