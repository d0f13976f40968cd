"""What is told to a webhook, and why did it not arrive, in words?"""

from __future__ import annotations

EVENTS = {
    "round.finished": "een ronde is klaar",
    "plan.published": "een plan is gepubliceerd",
    "mentor.withdrawn": "een mentor valt uit",
    "mentor.returned": "een mentor is terug",
    "sessions.published": "sessies zijn gepubliceerd",
    "sessions.outdated": "gepubliceerde sessies zijn verouderd",
    "application.received": "een aanmelding kwam binnen",
    "application.confirmed": "een aanmelding is bevestigd",
    "application.accepted": "een aanmelding is aanvaard",
    "application.waiting": "een aanmelding staat op de wachtlijst",
    "application.refused": "een aanmelding is geweigerd",
    "application.expired": "een aanmelding verviel zonder bevestiging",
    "selection.accepted": "de selectie is aanvaard",
    "proposal.accepted": "een voorstel is aanvaard",
    "proposal.declined": "een voorstel is afgewezen",
    "measurement.submitted": "een meting is ingediend",
    "wish.made": "een school of mentor vraagt iets",
    "webhook.test": "een proefbericht",
}
STATES = {"waiting": "wacht", "delivered": "aangekomen", "given_up": "opgegeven"}
REASONS = {
    "refused_address": "naar dit adres mag niet verstuurd worden",
    "no_secure_connection": "geen veilige verbinding: het certificaat klopt niet",
    "too_slow": "geen antwoord binnen tien seconden",
    "gaierror": "deze naam heeft geen adres",
    "ConnectionRefusedError": "de verbinding werd geweigerd",
    "ConnectionResetError": "de verbinding werd verbroken",
    "RemoteDisconnected": "de verbinding werd verbroken",
    "TimeoutError": "geen antwoord binnen tien seconden",
}


def reason_words(reason: str, answer: int | None) -> str:
    """Say why a message did not arrive; empty where it did, or where it was not tried yet."""
    if reason:
        return REASONS.get(reason, f"de verbinding lukte niet ({reason})")
    if answer is None or 200 <= answer < 300:  # noqa: PLR2004 - HTTP's success
        return ""
    if answer == 410:  # noqa: PLR2004 - HTTP's Gone
        return "het programma zegt dat dit adres niet meer bestaat"
    if 300 <= answer < 400:  # noqa: PLR2004 - HTTP's redirections
        return "het adres stuurt door; geef het adres waar het naartoe stuurt"
    return f"het programma antwoordde {answer}"
