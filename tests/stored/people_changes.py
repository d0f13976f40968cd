"""What does the document of the API have since people prove anew who they are, and may all be asked a second step?"""

from __future__ import annotations

EARLY = "x-before-second-step"

PEOPLE_CHANGES = {
    "/paths/~1v1~1profile~1proof": "who changes the own account proves anew who they are",
    "/components/schemas/ProofIn": "who changes the own account proves anew who they are",
    "/paths/~1v1~1people~1{person}~1export": "colleagues get what is kept about them too",
    "/components/schemas/AccountOut": "colleagues get what is kept about them too",
    "/components/schemas/NamedOut": "colleagues get what is kept about them too",
    "/components/schemas/PasswordIn/description": "the old password is asked where it was not proved lately who asks",
    f"/paths/~1v1~1session/get/{EARLY}": "of who must still set a second step it is said what they may do",
    f"/paths/~1v1~1session~1password/put/{EARLY}": "of who must still set a second step it is said what they may do",
}
