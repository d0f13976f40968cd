"""How does a refused form come back with what was typed in it? Its page is filled in again, once for all forms.

A page says with its problem what is wrong; that a refused form shows what was sent, needs nothing of its template.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from service.web.pages.forms import Form

Attributes = dict[str, str | None]

OURS = ("hidden", "submit", "button", "image", "reset")
"""What a page says in a form, not who fills it in."""

NEVER = ("password", "file")
"""What a page does not repeat; neither does it a code that counts once."""

ONCE = "one-time-code"
CHANGING = ("eenmaal", "versie")
"""Hidden fields that are new on every page: they do not tell one form from another."""


def typed_again(page: str, path: str, sent: Form) -> str:
    """Give a page whose form for this path (as a request has it, unquoted) has in it what was sent.

    Of several forms for that path it is the one that says most of what was sent itself, in hidden fields, and then the
    one with most of the fields; a page without such a form stays as it is.
    """
    seen = _Page()
    seen.feed(page)
    chosen = max(
        (one for one in seen.forms if one.is_for(path, sent)),
        key=lambda one: (len(one.said), len(one.typed & sent.values.keys())),
        default=None,
    )
    if chosen is None:
        return page
    filled = _Filled(chosen.number, {name: list(values) for name, values in sent.values.items()}, chosen.inside)
    filled.feed(page)
    filled.close()
    return "".join(filled.told)


class _OneForm:
    """A form of a page: where it goes, what the page says in it, and what can be filled in."""

    def __init__(self, number: int, path: str, inside: Sequence[int]) -> None:
        self.number, self.path, self.inside = number, path, frozenset(inside)
        self.hidden = list[tuple[str, str]]()
        self.typed = set[str]()

    def is_for(self, path: str, sent: Form) -> bool:
        """Tell whether what was sent can have come from this form."""
        return self.path == path and all(value in sent.all(name) for name, value in self.said)

    @property
    def said(self) -> list[tuple[str, str]]:
        """Give the hidden fields that tell this form from others for the same path."""
        return [one for one in self.hidden if one[0] not in CHANGING]


class _Page(HTMLParser):
    """Find the forms of a page, and which folds each of them stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.forms = list[_OneForm]()
        self._open: _OneForm | None = None
        self._folds, self._count = list[int](), 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "details":
            self._folds.append(self._count)
            self._count += 1
        elif tag == "form":
            self._open = _OneForm(len(self.forms), unquote(urlsplit(has.get("action", "")).path), self._folds)
            self.forms.append(self._open)
        elif self._open is not None and tag in ("input", "textarea", "select") and has.get("name"):
            if has.get("type") == "hidden":
                self._open.hidden.append((has["name"], has.get("value", "")))
            else:
                self._open.typed.add(has["name"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "details" and self._folds:
            self._folds.pop()


class _Filled(HTMLParser):
    """Write a page as it was, with one of its forms filled in and the folds around that open."""

    def __init__(self, number: int, values: dict[str, list[str]], folds: frozenset[int]) -> None:
        super().__init__(convert_charrefs=False)
        self.told = list[str]()
        self._wanted, self._values, self._folds = number, values, folds
        self._forms, self._fold = 0, 0
        self._inside, self._area = False, False
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        changed = has
        if tag == "form":
            self._inside = self._forms == self._wanted
            self._forms += 1
        elif tag == "details":
            changed = _marked(has, "open", on="open" in has or self._fold in self._folds)
            self._fold += 1
        elif self._inside:
            changed = self._field(tag, has)
        self.told.append(self.get_starttag_text() or "" if changed == has else _written(tag, changed))
        words = self._next(has.get("name") or "") if self._inside and tag == "textarea" else None
        if words is not None:
            self._area = True
            self.told.append(f"\n{escape(words)}")

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def _field(self, tag: str, has: Attributes) -> Attributes:
        """Give the attributes that a field has with what was sent in it."""
        name, kind = has.get("name") or "", has.get("type") or "text"
        if tag == "select":
            self._select = name if name in self._values else None
        elif tag == "option" and self._select is not None:
            return _marked(has, "selected", on=has.get("value") in self._values[self._select])
        elif tag == "input" and kind in ("radio", "checkbox"):
            return _marked(has, "checked", on=(has.get("value") or "on") in self._values.get(name, ()))
        elif tag == "input" and kind == "hidden" and has.get("value") in self._values.get(name, ()):
            self._values[name].remove(str(has["value"]))  # what the page says itself, is not for the field behind it
        elif tag == "input" and kind not in (*OURS, *NEVER) and has.get("autocomplete") != ONCE:
            value = self._next(name)
            return has if value is None else has | {"value": value}
        return has

    def _next(self, name: str) -> str | None:
        """Give what was sent in a field; of several with one name each has its own, and one more keeps what it has."""
        values = self._values.get(name)
        return values.pop(0) if values else None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = False
        self.told.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._area:  # what stood in a field goes
            self.told.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.told.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.told.append(f"<!{decl}>")


def _marked(has: Attributes, name: str, *, on: bool) -> Attributes:
    """Give attributes with one that only is there or not."""
    rest = {key: value for key, value in has.items() if key != name}
    return (has if name in has else rest | {name: None}) if on else rest


def _written(tag: str, attributes: Attributes) -> str:
    told = [name if value is None else f'{name}="{escape(value)}"' for name, value in attributes.items()]
    return f"<{' '.join((tag, *told))}>"
