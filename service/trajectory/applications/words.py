"""How do the states of an application, and the steps to take with one, read?"""

from __future__ import annotations

STATES = {
    "received": "nog te bevestigen",
    "confirmed": "te bekijken",
    "accepted": "aanvaard",
    "waiting": "op de wachtlijst",
    "refused": "geweigerd",
    "withdrawn": "ingetrokken",
}
STEPS = {
    "confirmed": "Bevestigen: ze belden of mailden zelf",
    "accepted": "Aanvaarden: meteen in de cohorte",
    "waiting": "Op de wachtlijst",
    "refused": "Weigeren, met reden",
    "withdrawn": "Ze trekken zich terug, met reden",
}
KINDS = {"school": "school", "mentor": "mentor"}
