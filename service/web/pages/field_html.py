"""How are hidden fields and choices of a form written, on whichever page it stands?"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from markupsafe import Markup

NOTHING = Markup()

Choices = Iterable[tuple[object, object] | str | int]
"""What can be chosen: what is sent with its words, or what is sent as it is shown."""


def hidden(**fields: object) -> Markup:
    """Write what a form says itself, by the names of its fields."""
    return NOTHING.join(Markup('<input type="hidden" name="{}" value="{}">').format(*one) for one in fields.items())


def options(choices: Choices, chosen: object = None) -> Markup:
    """Write what can be chosen in a list."""
    return NOTHING.join(
        Markup('<option value="{}"{}>{}</option>').format(value, Markup(" selected") if value == chosen else "", words)
        for value, words in _pairs(choices)
    )


def boxes(name: str, choices: Choices, chosen: Collection[object] = ()) -> Markup:
    """Write what can be ticked, all under the name of one field."""
    return Markup("\n").join(
        Markup('<label class="keuze"><input type="checkbox" name="{}" value="{}"{}> {}</label>').format(
            name, value, Markup(" checked") if value in chosen else "", words
        )
        for value, words in _pairs(choices)
    )


def _pairs(choices: Choices) -> Iterable[tuple[object, object]]:
    return (one if isinstance(one, tuple) else (one, one) for one in choices)


FIELDS = {"hidden": hidden, "options": options, "boxes": boxes}
"""What every template can call."""
