"""Who reads which school for the Award? Jurors without a tie, enough for every school, the work shared evenly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from matcher.criteria.wording import listed
from matcher.domain.counting import counted
from matcher.domain.document import document_of
from matcher.domain.period import refuse_if
from matcher.engine.choice.jurors import share_jurors
from matcher.trajectory.tie_draw import fixed_draw

FORMAT: Final = "in2stem-jury/1"
MOST_READINGS: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Juror:
    """A member of the jury; `ties` maps a school's id to the tie that was declared, in words."""

    id: str
    name: str
    ties: Mapping[str, str]

    def __post_init__(self) -> None:
        """Refuse a juror without a name; raise InvalidValueError."""
        refuse_if(not (self.id and self.name), "Een jurylid heeft een nummer en een naam nodig.")


@dataclass(frozen=True, slots=True, kw_only=True)
class JuryPlan:
    """Who reads what: (school, juror) in order. `notes` say in Dutch where readings are missing, and why.

    `loads` is the number of schools per juror. All of it is proven best: missing, thin spread, even loads.
    """

    pairs: tuple[tuple[str, str], ...]
    missing: int
    loads: Mapping[str, int]
    notes: tuple[str, ...] = ()


def assign_jury(
    schools: Mapping[str, str] | Sequence[str],
    jurors: Sequence[Juror],
    readings: int = 3,
    most: int | None = None,
    seed: int = 0,
) -> JuryPlan:
    """Give every school `readings` jurors, none of whom has a tie with it, and nobody more than `most` schools.

    `schools` are ids, or ids with the names that the notes should use.

    In order, each exact: fewest missing readings, no school missing more than needed, work shared evenly, then
    a fixed draw. Raises InvalidValueError on doubled names or numbers below 1.
    """
    refuse_if(not 1 <= readings <= MOST_READINGS, f"Een school krijgt 1 tot {MOST_READINGS} juryleden.")
    refuse_if(most is not None and most < 1, "Een jurylid leest ten minste één school.")
    ids = sorted(one.id for one in jurors)
    refuse_if(len(set(ids)) < len(ids) or len(set(schools)) < len(schools), "Iemand staat twee keer op de lijst.")
    names = sorted(schools)
    shown = dict(schools) if isinstance(schools, Mapping) else {one: one for one in names}
    people = sorted(jurors, key=lambda one: one.id)
    allowed = [
        (row, column, fixed_draw(school, one.id, seed=seed))
        for row, school in enumerate(names)
        for column, one in enumerate(people)
        if school not in one.ties
    ]
    shared = share_jurors(allowed, len(names), len(people), readings, min(most or len(names), len(names)))
    pairs = tuple((names[row], people[column].id) for row, column in shared.pairs)
    loads = {one.id: sum(juror == one.id for _, juror in pairs) for one in people}
    notes = tuple(_notes(shown, people, pairs, readings))
    return JuryPlan(pairs=pairs, missing=shared.missing, loads=loads, notes=notes)


def _notes(
    schools: Mapping[str, str], jurors: Sequence[Juror], pairs: Sequence[tuple[str, str]], readings: int
) -> Iterable[str]:
    for school, name in sorted(schools.items()):
        lacking = readings - sum(one == school for one, _ in pairs)
        if lacking:
            tied = [one.name for one in jurors if school in one.ties]
            why = f" Een band met de school hebben {listed(tied)}." if tied else ""
            yield f"School {name} mist {counted(lacking, 'jurylid', 'juryleden')}.{why}"


def jury_faults(pairs: Iterable[tuple[str, str]], jurors: Iterable[Juror]) -> tuple[str, ...]:
    """Tell in Dutch which readings are by somebody with a tie, or by nobody of the jury; empty where all is well."""
    known = {one.id: one for one in jurors}
    told = []
    for school, juror in pairs:
        if juror not in known:
            told.append(f"{juror} zit niet in de jury.")
        elif school in known[juror].ties:
            told.append(f"{known[juror].name} heeft een band met school {school}: {known[juror].ties[school]}.")
    return tuple(told)


def open_readings(plan: JuryPlan, scored: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """List the readings (school, juror) of a plan that are not scored yet."""
    done = set(scored)
    return tuple(one for one in plan.pairs if one not in done)


jury_to_document, jury_from_document = document_of(FORMAT, JuryPlan)
