"""Can a mentor reach any place of the provinces that it serves, within its limit?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.criteria.wording import counted, listed
from matcher.domain.finding import Finding
from matcher.domain.mentor import Mentor
from matcher.domain.policy import Policy
from matcher.domain.travel import estimated_minutes
from matcher.intake.places.postcodes import postcodes
from matcher.intake.tables.records import Record


def check_reach(mentors: Sequence[tuple[Record, Mentor]], policy: Policy) -> list[Finding]:
    """Warn where a mentor's provinces and limit exclude each other: no place there is near enough, as we estimate."""
    elsewhere = [(record, one) for record, one in mentors if one.provinces and one.province not in one.provinces]
    served = {province for _, one in elsewhere for province in one.provinces}
    places = [one for one in postcodes().values() if one.province in served]
    if not elsewhere:
        return []
    minutes = estimated_minutes([one.position for _, one in elsewhere], [one.position for one in places], policy)
    findings = []
    for (record, one), row in zip(elsewhere, minutes, strict=True):
        there = [at for at, place in enumerate(places) if place.province in one.provinces]
        near = there[int(np.argmin(row[there]))]
        limit = policy.max_minutes if one.max_minutes is None else one.max_minutes
        if row[near] <= limit:
            continue
        message = (
            f"Werkt alleen in {listed(one.provinces)}, maar rijdt hoogstens {counted(limit, 'minuut', 'minuten')}."
        )
        road = counted(int(row[near]), "minuut", "minuten")
        nearest = f"Het dichtste daar, {places[near].municipality}, ligt op {road} (schatting)."
        spot = record.place.at(column="provincies")
        remedy = "Kijk provincies en max. reistijd na; zo is geen enkele school mogelijk."
        text = record.texts.get("provincies")
        findings.append(spot.warning("limit_excludes_provinces", f"{message} {nearest}", remedy, text))
    return findings
