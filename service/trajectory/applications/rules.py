"""When can schools and mentors apply for a cohort, how many an hour, and how long may they wait to confirm?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from service.cohorts.documents import store as papers
from service.core.errors import conflict
from service.database.engine import Transaction
from service.trajectory.applications import store as applications
from service.web.pages.dutch_format import moment as in_words

KIND: papers.Kind = "application_rules"
DEFAULTS = {"opens_at": None, "closes_at": None, "days_to_confirm": 30, "most_an_hour": 100}
"""What holds for a cohort whose coordinator chose nothing: always open."""


@dataclass(frozen=True, slots=True)
class ApplicationRules:
    """When applications are taken (moments, None without an end), how many an hour, and how long a link holds."""

    opens_at: datetime | None
    closes_at: datetime | None
    days_to_confirm: int
    most_an_hour: int

    @property
    def link_holds(self) -> timedelta:
        """How long an application waits for its confirmation; then it expires."""
        return timedelta(days=self.days_to_confirm)

    def as_long_as_kept(self, keep_until: datetime | None) -> ApplicationRules:
        """Give these rules for a cohort that keeps contact data so long: who applied later would be erased at once."""
        ends = [one for one in (self.closes_at, keep_until) if one is not None]
        return replace(self, closes_at=min(ends, default=None))

    def is_open(self, moment: datetime) -> bool:
        """Tell whether applications are taken at a moment."""
        begun = self.opens_at is None or self.opens_at <= moment
        return begun and (self.closes_at is None or moment < self.closes_at)

    def must_be_open(self, moment: datetime) -> None:
        """Refuse applications before the first moment and from the last; raises Problem 409 that tells it."""
        if self.opens_at is not None and moment < self.opens_at:
            raise conflict(
                "not_open_yet", f"Aanmelden kan vanaf {in_words(self.opens_at)}.", opens_at=_text(self.opens_at)
            )
        if self.closes_at is not None and moment >= self.closes_at:
            detail = f"Aanmelden kan niet meer sinds {in_words(self.closes_at)}."
            raise conflict("applications_closed", detail, closed_since=_text(self.closes_at))


def kept(transaction: Transaction, cohort: str) -> papers.PaperRow:
    """Give the paper; version 0 is what holds where nobody chose."""
    found = papers.find(transaction, cohort, KIND)
    return found or papers.PaperRow(cohort=cohort, kind=KIND, id=papers.ONLY, document=DEFAULTS)


def rules_of(transaction: Transaction, cohort: str) -> ApplicationRules:
    """Give when and how applications are taken for a cohort."""
    told = DEFAULTS | dict(kept(transaction, cohort).document)
    return ApplicationRules(
        _moment(told["opens_at"]),
        _moment(told["closes_at"]),
        int(str(told["days_to_confirm"])),
        int(str(told["most_an_hour"])),
    )


def _moment(kept: object) -> datetime | None:
    return datetime.fromisoformat(str(kept)).astimezone(UTC) if kept else None


def forget_expired(transaction: Transaction, moment: datetime) -> int:
    """Remove in every cohort the applications that nobody confirmed in time; gives how many."""
    waiting = applications.cohorts_waiting(transaction)
    held = {one: rules_of(transaction, one).link_holds for one in waiting}
    return sum(applications.remove_unconfirmed(transaction, one, moment - held[one]) for one in waiting)


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
