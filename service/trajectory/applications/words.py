"""Which states does an application go through, and how do they and the steps to take read?"""

from __future__ import annotations

from typing import Literal

Kind = Literal["school", "mentor"]
State = Literal["received", "confirmed", "accepted", "waiting", "refused", "withdrawn"]

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
