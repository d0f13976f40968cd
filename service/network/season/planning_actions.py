"""How is a year of sessions planned, repaired, stopped and published?"""

from __future__ import annotations

import matcher
from service.access.action import action
from service.access.work import Work
from service.core.addresses import path_to
from service.core.errors import conflict, invalid
from service.database.engine import Transaction
from service.jobs import store as jobs
from service.network.season import store as seasons
from service.network.season.actions import planned_season_of, season_of, shape_of
from service.network.season.cohort_now import cohort_now
from service.network.season.mails import mail_sessions
from service.network.season.season_request import new_season, repaired_season
from service.network.season.shapes import SeasonIn, SeasonOut
from service.network.season.year_beside import known_before
from service.rounds.run import store as rounds
from service.webhooks import store as webhooks


@action("coordinator")
def add_season(work: Work, cohort: str, body: SeasonIn) -> SeasonOut:
    """Have a year planned beside the published plan, or one repaired; raises Problem 409 where that happens already."""

    def effect(transaction: Transaction) -> SeasonOut:
        school_year = work.hold(transaction, cohort).school_year
        busy = seasons.being_planned(transaction, cohort)
        if busy is not None:
            detail = "Er wordt al een jaar van deze cohorte gepland. Wacht, of stop dat eerst."
            raise conflict("already_planning", detail, job=path_to("/v1/jobs/{}", busy.job), season=busy.id)
        public = rounds.of_state(transaction, cohort, "published")
        if public is None:
            raise conflict("nothing_published", "Publiceer eerst een plan: de sessies volgen de koppels.")
        document = matcher.season_to_document(_season(work, transaction, public, school_year, body))
        key = seasons.add(transaction, cohort, of_round=public.id, document=document, by=work.caller.by)
        said = body.model_dump(mode="json", exclude_unset=True)
        payload = {"seconds": body.seconds, "previous": body.previous, "asked": said}
        job = jobs.enqueue(transaction, "plan_sessions", cohort=cohort, target=key, payload=payload)
        seasons.set_job(transaction, key, job)
        work.audit(transaction, "season.begun", key, cohort)
        return shape_of(transaction, season_of(work, transaction, cohort, key))

    return work.once(body, SeasonOut, effect)


@action("coordinator")
def stop_season(work: Work, cohort: str, season: str) -> SeasonOut:
    """End the planning of a year; the best one so far is kept."""
    with work.writing() as transaction:
        row = season_of(work, transaction, cohort, season)
        if row.job is not None:
            jobs.ask_stop(transaction, row.job)
        work.audit(transaction, "season.stop_asked", row.id, cohort)
        return shape_of(transaction, row)


@action("coordinator")
def publish_season(work: Work, cohort: str, season: str) -> SeasonOut:
    """Make a year public, of the version that was read where one is told: calendars show it at once."""

    def effect(transaction: Transaction) -> SeasonOut:
        work.hold(transaction, cohort)
        row = season_of(work, transaction, cohort, season)
        if work.read_version is not None:
            work.must_match(row.version, row.id)
        _publishable(transaction, planned_season_of(work, transaction, cohort, row.id))
        seasons.publish(transaction, row.id)
        work.audit(transaction, "season.published", row.id, cohort)
        webhooks.announce(transaction, "sessions.published", cohort, {"season": row.id})
        mail_sessions(work, transaction, row)
        return shape_of(transaction, season_of(work, transaction, cohort, row.id))

    return work.once({"publish": season}, SeasonOut, effect)


def _season(
    work: Work, transaction: Transaction, public: rounds.RoundRow, school_year: int, body: SeasonIn
) -> matcher.Season:
    given, plan = cohort_now(transaction, public)
    if body.previous is None:
        of_repair = [name for name in ("host_out", "moves", "shifts", "today") if getattr(body, name)]
        if of_repair:
            member = of_repair[0]
            raise invalid(f"/{member}", "nothing_to_repair", "Dit hoort bij een herstel: zeg van welk seizoen.")
        return new_season(given, plan, f"{public.cohort}-{school_year}", school_year, body)
    before = seasons.find(transaction, public.cohort, body.previous)
    if before is None:
        raise invalid("/previous", "unknown_season", "Dit seizoen is er niet.")
    planned_season_of(work, transaction, public.cohort, before.id)
    season, year = matcher.season_from_document(before.season), matcher.year_from_document(before.year)
    return repaired_season(season, year, given, plan, body)


def _publishable(transaction: Transaction, row: seasons.SeasonRow) -> None:
    """Refuse what is public already, of another plan, or would make sessions vanish without a word."""
    if row.published_at is not None:
        raise conflict("already_published", "Dit jaar is al gepubliceerd.")
    public = rounds.of_state(transaction, row.cohort, "published")
    if public is None or public.id != row.round:
        detail = "Het plan is intussen vervangen. Plan het jaar opnieuw, als herstel van wat gepubliceerd is."
        raise conflict("stale", detail)
    before = seasons.published(transaction, row.cohort)
    known = known_before(transaction, row)
    if before is not None and (known is None or known.id != before.id):
        detail = (
            "Er is al een ander jaar gepubliceerd. Plan dit als herstel daarvan, zodat kalenders horen wat wegvalt."
        )
        raise conflict("other_published", detail, season=before.id)
