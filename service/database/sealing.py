"""How is a copy closed and opened again? In the `age` format, so that it also opens without this program.

With a passphrase, or for the holders of keys: who makes copies then can't read them. All of it stands in memory.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from pyrage import x25519

import matcher

FIRST_LINE = b"age-encryption.org/v1\n"
BY_PASSPHRASE = b"-> scrypt "
HEAD_BYTES = 200
SHORTEST = 12
TOO_MUCH_WORK = "Excessive work"
TRIES, PAUSE_SECONDS = 5, 2.0
VARIABLE = "IN2STEM_BACKUP_PASSPHRASE"
NO_KEY = "In het bestand van --identity staat geen sleutel van age («AGE-SECRET-KEY-1…»)."


class SealError(matcher.In2StemError):
    """A copy that can't be closed, or can't be opened with what was given."""


@dataclass(frozen=True, slots=True)
class Seal:
    """With what a copy is closed: a passphrase, or public keys (`age1…`), whose holders each can open it."""

    passphrase: str = ""
    recipients: tuple[str, ...] = ()

    def check(self) -> None:
        """Refuse what closes nothing well, before anything is made; raises SealError."""
        if not self.recipients and len(self.passphrase) < SHORTEST:
            raise SealError(f"De wachtzin is te kort: neem er een van minstens {SHORTEST} tekens.")
        self._keys()

    def close(self, content: bytes) -> bytes:
        """Encipher a copy."""
        import pyrage  # noqa: PLC0415 - for copies alone

        if self.recipients:
            return bytes(pyrage.encrypt(content, self._keys()))
        return bytes(pyrage.passphrase.encrypt(content, self.passphrase))

    def _keys(self) -> list[x25519.Recipient]:
        from pyrage import RecipientError, x25519  # noqa: PLC0415 - for copies alone

        keys = []
        for one in self.recipients:
            try:
                keys.append(x25519.Recipient.from_str(one.strip()))
            except RecipientError as error:
                raise SealError("--recipient is geen publieke sleutel van age; die begint met «age1».") from error
        return keys


def is_sealed(head: bytes) -> bool:
    """Tell from its first bytes whether a file is enciphered."""
    return head.startswith(FIRST_LINE)


def asks_passphrase(head: bytes) -> bool:
    """Tell from its first bytes whether an enciphered file is opened by a passphrase, and not by a key."""
    return head.startswith(FIRST_LINE + BY_PASSPHRASE)


def opened_by_passphrase(content: bytes, passphrase: str) -> bytes:
    """Decipher a copy; raises SealError."""
    import pyrage  # noqa: PLC0415 - for copies alone

    for left in range(TRIES, 0, -1):
        try:
            return bytes(pyrage.passphrase.decrypt(content, passphrase))
        except pyrage.DecryptError as error:
            if not str(error).startswith(TOO_MUCH_WORK):
                raise SealError("Deze wachtzin opent de reservekopie niet, of het bestand is beschadigd.") from error
            time.sleep(PAUSE_SECONDS if left > 1 else 0)  # it guesses the machine's speed, which may be busy
    raise SealError(
        "Deze machine heeft het te druk, of is te traag, om de wachtzin na te gaan. Probeer het later opnieuw."
    )


def opened_by_key(content: bytes, keys: str) -> bytes:
    """Decipher a copy with the text of a file of keys, as `age-keygen` writes it; raises SealError."""
    import pyrage  # noqa: PLC0415 - for copies alone

    lines = [line.strip() for line in keys.splitlines()]
    try:
        own = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError as error:
        raise SealError(NO_KEY) from error
    if not own:
        raise SealError(NO_KEY)
    try:
        return bytes(pyrage.decrypt(content, own))
    except pyrage.DecryptError as error:
        raise SealError("Deze sleutel opent de reservekopie niet, of het bestand is beschadigd.") from error
