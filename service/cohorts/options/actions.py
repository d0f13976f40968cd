"""Which values does each field of a form know? Those of the product, and sectors of a cohort that brings its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import matcher
from service.access import scope
from service.access.action import action
from service.access.work import Work
from service.cohorts.options.shapes import DirectionOut, FieldOut, KeyElementOut, OptionOut, OptionsOut
from service.cohorts.policy import store as rules
from service.core.errors import not_found

FINALITY_WORDS = {
    "doorstroom": "doorstroomfinaliteit",
    "dubbel": "dubbele finaliteit",
    "arbeidsmarkt": "arbeidsmarktfinaliteit",
}
TODAY = "nu"
"""What the table of directions says of today's official list."""


@action("anyone")
def get_options(work: Work) -> OptionsOut:  # noqa: ARG001 - an action
    """Give the lists of the product."""
    return _options(matcher.Policy())


@action("anyone")
def get_cohort_options(work: Work, cohort: str) -> OptionsOut:
    """Give the lists that hold in a cohort; raises Problem 404 for none."""
    with work.reading() as transaction:
        if scope.find(transaction, cohort) is None:
            raise not_found("Deze cohorte")
        return _options(rules.newest(transaction, cohort).policy)


def _options(policy: matcher.Policy) -> OptionsOut:
    return OptionsOut(
        sectors=[OptionOut(value=one.code, label=one.name) for one in matcher.sectors_of(policy)],
        fields=[
            FieldOut(value=code, label=name, directions=_directions(code)) for code, name in matcher.FIELDS.items()
        ],
        half_days=_named(matcher.HALF_DAY_NAMES),
        school_types=_plain(matcher.SCHOOL_TYPES),
        finalities=_named({code: FINALITY_WORDS[code] for code in matcher.FINALITIES}),
        networks=_named(matcher.NETWORKS),
        provinces=_plain(matcher.PROVINCES),
        elements=[KeyElementOut(value=number, label=name) for number, name in matcher.ELEMENTS.items()],
    )


def _directions(field: str) -> list[DirectionOut]:
    return [
        DirectionOut(name=one.name, domain=one.domain, finality=one.finality, grades=list(one.grades))
        for one in matcher.directions()
        if one.field == field and one.kind == TODAY
    ]


def _named(known: Mapping[str, str]) -> list[OptionOut]:
    return [OptionOut(value=code, label=name) for code, name in known.items()]


def _plain(known: Iterable[str]) -> list[OptionOut]:
    return [OptionOut(value=one, label=one) for one in known]
