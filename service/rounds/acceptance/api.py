"""Which pairs of a plan were proposed, and what was answered?"""

from __future__ import annotations

from service.access.permissions import access
from service.rounds.acceptance import actions
from service.rounds.acceptance.shapes import ProposalAnsweredOut, ProposalAnswerIn, ProposalsOut, ProposeIn, RemindedOut
from service.web.call import Called
from service.web.route import router
from service.web.shapes import Key

routes = router("/v1/cohorts/{cohort}", "voorstellen")


@routes.get("/rounds/{round_id}/proposals", openapi_extra=access(actions.list_proposals))
def list_proposals(call: Called, cohort: Key, round_id: Key) -> ProposalsOut:
    """Geef elk koppel van een plan met zijn voorstel: gevraagd, aanvaard, afgewezen of zonder antwoord."""
    return actions.list_proposals(call.work, cohort, round_id)


@routes.post("/rounds/{round_id}/proposals", openapi_extra=access(actions.propose))
def propose(call: Called, cohort: Key, round_id: Key, body: ProposeIn) -> ProposalsOut:
    """Stel koppels van een goedgekeurd plan voor aan mentor en school. Wat al voorgesteld is, blijft."""
    return actions.propose(call.work, cohort, round_id, body)


@routes.post("/rounds/{round_id}/proposals/reminders", openapi_extra=access(actions.remind))
def remind(call: Called, cohort: Key, round_id: Key) -> RemindedOut:
    """Zet een herinnering klaar voor wie nog niet antwoordde; ze vertrekt pas als een coördinator ze verstuurt."""
    return RemindedOut(people=actions.remind(call.work, cohort, round_id))


@routes.post("/proposals/{proposal}/answers", openapi_extra=access(actions.note_answer))
def note_answer(call: Called, cohort: Key, proposal: Key, body: ProposalAnswerIn) -> ProposalAnsweredOut:
    """Noteer wat een mentor of school antwoordde. Een nee verbiedt het koppel vanaf de volgende ronde."""
    return actions.note_answer(call.work, cohort, proposal, body)


@routes.delete("/proposals/{proposal}", status_code=204, openapi_extra=access(actions.withdraw_proposal))
def withdraw_proposal(call: Called, cohort: Key, proposal: Key) -> None:
    """Trek een voorstel in: er kan niet meer op geantwoord worden."""
    actions.withdraw_proposal(call.work, cohort, proposal)
