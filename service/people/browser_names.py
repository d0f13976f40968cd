"""What does a browser call itself, in two words that its person recognises? Never the whole of what it tells."""

from __future__ import annotations

PROGRAMS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}
"""What a sign in a User-Agent tells; the first that is there counts."""


def browser_name(agent: str) -> str:
    """Give the browser and the system that a User-Agent names, empty for a program that is no browser."""
    program = next((name for sign, name in PROGRAMS.items() if sign in agent), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in agent), "")
    return " op ".join(one for one in (program, system) if one)
