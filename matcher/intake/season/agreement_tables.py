"""Which pairs of schools must meet or may never, and who takes part online? Tables of `seizoen.toml`."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.domain.agreement import Agreement, AgreementKind
from matcher.domain.season import Remote, Season
from matcher.intake.reading.policy_section import Section
from matcher.intake.season.season_section import missing, named, round_of


def read_agreements(season: Season, meet: Sequence[Section], apart: Sequence[Section]) -> tuple[Agreement, ...]:
    """Give the agreements of both kinds of tables; two about the same schools, or about one school, are errors."""
    names = {one.id: one.name for one in season.participants}
    kinds: tuple[tuple[AgreementKind, Sequence[Section]], ...] = (("meet", meet), ("apart", apart))
    found: dict[tuple[str, ...], Agreement] = {}
    for kind, tables in kinds:
        for table in tables:
            one = _agreement(table, kind, names)
            if one is None:
                continue
            if one.schools in found:
                both = " en ".join(names[school] for school in one.schools)
                message = f"Over {both} staat er al een afspraak."
                table.error("duplicate_agreement", "scholen", message, "Houd er één over.")
                continue
            found[one.schools] = one
    return tuple(found.values())


def _agreement(table: Section, kind: AgreementKind, names: dict[str, str]) -> Agreement | None:
    if missing(table, "scholen"):
        return None
    schools = named(table, "scholen", table.texts("scholen") or [], names, "school")
    if schools is None:
        return None
    if len(schools) != 2:  # noqa: PLR2004 - a pair
        message = "Een afspraak gaat over precies twee verschillende scholen."
        table.error("not_a_pair", "scholen", message, "Schrijf voor elk tweetal een eigen tabel.", ", ".join(schools))
        return None
    return Agreement(kind=kind, schools=schools, reason=table.text("reden"))


def read_remote(season: Season, tables: Sequence[Section]) -> tuple[Remote, ...]:
    """Give who takes part online in which round; a table without a round speaks of all of them."""
    names = {one.id: one.name for one in season.participants}
    every = [one.number for one in season.rounds]
    found: dict[Remote, None] = {}
    for table in tables:
        schools = None if missing(table, "school") else named(table, "school", [table.text("school")], names, "school")
        number = round_of(table, "ronde", season)
        for school in schools or ():
            rounds = [] if "ronde" in table.raw and number is None else [number] if number is not None else every
            found |= dict.fromkeys(Remote(school=school, round=one) for one in rounds)
    return tuple(found)
