"""What did one school measure, plan and reach? Its page, where its level is entered with the proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Response

from service.access.permissions import access
from service.cohorts.cohort.actions import get_cohort
from service.cohorts.cohort.file_names import file_name
from service.cohorts.members.actions import get_member
from service.cohorts.members.kinds import SCHOOL
from service.core.addresses import path_to
from service.core.errors import Problem
from service.measuring.actions import get_measurements
from service.measuring.needs_actions import get_form, get_needs
from service.measuring.shapes import Moment, QuestionOut, SchoolMeasurementsOut
from service.measuring.words import MOMENTS
from service.trajectory.action_plan.actions import get_action_plan
from service.trajectory.label import actions as label
from service.trajectory.label import dossier_actions as dossier
from service.trajectory.label.application_actions import get_label_application
from service.trajectory.label.dossier_words import dossier_shown
from service.trajectory.label.shapes import LevelIn
from service.trajectory.progress import actions
from service.trajectory.progress.words import LEVELS
from service.web.answers import SVG, file_answer
from service.web.call import Call, Called
from service.web.faults import read_shape
from service.web.pages.forms import Sent, or_again
from service.web.pages.page import page, with_message
from service.web.pages.page_route import go, pages
from service.web.shapes import Key
from service.web.values import MemberKey

routes = pages("/cohorten/{cohort}/traject/{school}")


@routes.get("", openapi_extra=access(actions.get_school_progress))
def show_school(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Show a school's year."""
    return _page(call, cohort, school, None)


def _page(call: Call, cohort: str, school: str, problem: Problem | None) -> Response:
    with call.work.together() as work:
        measured = {moment: get_measurements(work, cohort, school, moment) for moment in MOMENTS}
        fields: dict[str, Any] = {
            "cohort": get_cohort(work, cohort),
            "school": get_member(work, cohort, SCHOOL, school),
            "needs": get_needs(work, cohort, school) if measured["baseline"].submitted else None,
            "progress": actions.get_school_progress(work, cohort, school),
            "plan": get_action_plan(work, cohort, school),
            "ready": label.get_readiness(work, cohort, school),
            "applied": get_label_application(work, cohort, school),
            "levels": [one for one in label.list_levels(work, cohort).items if one.school == school],
            "criteria": _criteria(get_form(work).questions, measured),
        }
    return page(
        call.request,
        "trajectschool.html",
        moments=MOMENTS,
        measured=measured,
        level_words=LEVELS,
        problem=problem,
        **fields,
    )


def _criteria(
    questions: Sequence[QuestionOut], measured: Mapping[Moment, SchoolMeasurementsOut]
) -> list[dict[str, Any]]:
    """Give each criterion with what counts at both moments; none where nothing was submitted."""
    counting = {
        moment: next((one for one in found.submitted if one.counts), None) for moment, found in measured.items()
    }
    if not any(counting.values()):
        return []
    said = {
        moment: {one.criterion: one for one in found.combined} if found else {} for moment, found in counting.items()
    }
    return [
        {**one.model_dump(), "baseline": said["baseline"].get(one.code), "final": said["final"].get(one.code)}
        for one in questions
    ]


@routes.post("/niveau", openapi_extra=access(label.add_level))
def enter_level(call: Called, cohort: Key, school: MemberKey, form: Sent) -> Response:
    """Enter the level that the school holds, since when and by what proof."""
    document = {"school": school, "level": form["niveau"], "since": form["sinds"], "proof": form["bewijs"]}

    def act() -> Response:
        label.add_level(call.sent(form["eenmaal"]), cohort, read_shape(LevelIn, document))
        return with_message(go(path_to("/cohorten/{}/traject/{}", cohort, school)), "Het niveau is ingevoerd.")

    return or_again(act, lambda problem: _page(call, cohort, school, problem))


@routes.post("/niveau/{level}/weg", openapi_extra=access(label.remove_level))
def remove_level(call: Called, cohort: Key, school: MemberKey, level: Key) -> Response:
    """Take back a level that was entered by mistake."""
    label.remove_level(call.work, cohort, level)
    return with_message(go(path_to("/cohorten/{}/traject/{}", cohort, school)), "Dit niveau is geschrapt.")


@routes.get("/vooruitgang.svg", openapi_extra=access(actions.draw_school_progress))
def get_chart(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Give the school's baseline and final measurement, drawn."""
    return Response(actions.draw_school_progress(call.work, cohort, school), media_type=SVG)


@routes.get("/dossier", openapi_extra=access(dossier.get_dossier_tables))
def show_dossier(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Show what the official application asks, to copy from or to print."""
    with call.work.together() as work:
        row, about = get_cohort(work, cohort), get_member(work, cohort, SCHOOL, school)
        found = dossier.get_dossier_tables(work, cohort, school)
    return page(call.request, "schooldossier.html", cohort=row, school=about, **dossier_shown(found))


@routes.get("/dossier.xlsx", openapi_extra=access(dossier.write_dossier))
def get_dossier(call: Called, cohort: Key, school: MemberKey) -> Response:
    """Give what the official application asks, to copy from."""
    return file_answer(
        dossier.write_dossier(call.work, cohort, school), file_name(call.work, cohort, f"dossier-{school}.xlsx")
    )
