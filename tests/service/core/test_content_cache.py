"""Is what was made of a content forgotten once the content changes, and known while it doesn't?"""

from __future__ import annotations

from service.core.content_cache import Newest


def test_the_same_content_is_made_once_and_another_anew() -> None:
    made: list[str] = []

    def make(content: str) -> list[str]:
        made.append(content)
        return [content]

    kept = Newest(2)
    first = kept.of("a", "x", make)
    assert kept.of("a", "x", make) is first
    assert kept.of("a", "y", make) == ["y"]
    assert kept.of("a", "x", make) == ["x"]
    assert made == ["x", "y", "x"]  # what was made of another content is gone


def test_the_names_asked_last_are_kept() -> None:
    kept = Newest(2)
    for name in ("a", "b", "a", "c"):
        kept.of(name, name, str.upper)
    assert len(kept) == 2
    made: list[str] = []
    kept.of("a", "a", lambda content: made.append(content) or "A")
    assert made == []
    kept.of("b", "b", lambda content: made.append(content) or "B")
    assert made == ["b"]
