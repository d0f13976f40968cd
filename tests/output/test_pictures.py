"""Do the pictures of a year tell what the year holds, and nothing that a name sneaks in?"""

from __future__ import annotations

from datetime import date

from defusedxml.ElementTree import fromstring

from matcher.output.meeting_matrix import AGAIN, BEFORE, ONCE, meeting_matrix, meetings
from matcher.output.svg import DARK, DRAWING_STYLE, EDGES, INK, LINE, PAPER, SOFT_INK, TINTS
from matcher.output.year_view import SHADES, year_view
from tests.season_builders import a_host, a_participant, a_season, a_session, a_year

SVG = "{http://www.w3.org/2000/svg}"
FIRST = a_session(schools=("S001", "S002"))
SECOND = a_session(schools=("S003", "S004"), host="H002")
AGAIN_LATER = a_session(round=2, day=date(2027, 2, 17), schools=("S001", "S002"))
YEAR = a_year(FIRST, SECOND, AGAIN_LATER)


def texts(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in fromstring(svg).iter(f"{SVG}text")]


def hints(svg: str, fill: str) -> list[str]:
    boxes = [one for one in fromstring(svg).iter(f"{SVG}rect") if one.get("fill") == fill]
    return [title.text for one in boxes for title in one.iter(f"{SVG}title")]


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours as WCAG 2 defines it."""
    lights = []
    for colour in (one, other):
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_year_view_shades_every_holiday_and_weekend() -> None:
    shaded = hints(year_view(a_season(), YEAR), SHADES["holiday"])
    assert "maandag 8 februari 2027: krokusvakantie" in shaded
    assert "vrijdag 7 mei 2027: brugdag na Hemelvaart" in shaded
    assert "woensdag 13 januari 2027: krokusvakantie" not in shaded
    assert len(hints(year_view(a_season(), YEAR), SHADES["weekend"])) == 86
    assert "woensdag 9 december 2026: kerstexamens" in hints(year_view(a_season(), YEAR), SHADES["exams"])


def test_year_view_marks_each_day_with_its_groups() -> None:
    svg = year_view(a_season(), YEAR)
    assert hints(svg, TINTS[0])[0] == "ronde 1: 2 groepen"
    assert hints(svg, TINTS[1])[0] == "ronde 2: 1 groep"
    assert [one for one in texts(svg) if one in ("R1", "1×2", "R2")] == ["1×2", "R2"]


def test_year_view_lists_each_session_with_host_and_hour() -> None:
    told = texts(year_view(a_season(), YEAR))
    assert told.count("wo 13/01 13.30") == 2
    assert told.count("Locatie 2") == 1
    assert told.count("wo 17/02 13.30") == 1


def test_year_without_sessions_is_drawn_all_the_same() -> None:
    assert "0 sessies in 0 rondes voor 4 scholen." in texts(year_view(a_season(), a_year()))


def test_meetings_count_every_pair_of_a_group() -> None:
    assert meetings(a_year(a_session(schools=("S003", "S001", "S002")), AGAIN_LATER)) == {
        ("S001", "S002"): (1, 2),
        ("S001", "S003"): (1,),
        ("S002", "S003"): (1,),
    }


def test_matrix_tells_first_meetings_from_repeats() -> None:
    svg = meeting_matrix(a_season(history={("S001", "S003"): 2}), YEAR)
    both = ["School 3 (Gent) en School 4 (Gent): ronde 1"] * 2
    assert hints(svg, ONCE) == both
    assert hints(svg, AGAIN) == ["School 1 (Gent) en School 2 (Gent): ronde 1 en 2"] * 2
    assert hints(svg, BEFORE) == ["School 1 (Gent) en School 3 (Gent): niet dit jaar, vroeger al 2 keer"] * 2
    assert "2 van de 6 paren scholen ontmoeten elkaar, 1 daarvan meer dan eens." in texts(svg)


def test_first_meeting_of_the_year_can_be_a_repeat() -> None:
    svg = meeting_matrix(a_season(history={("S003", "S004"): 1}), YEAR)
    assert len(hints(svg, AGAIN)) == 4
    assert "1·" in texts(svg)


def test_matrix_of_many_schools_stays_on_the_page() -> None:
    season = a_season(participants=400)
    root = fromstring(meeting_matrix(season, YEAR))
    assert root.get("viewBox").split()[2] == "1120"
    assert max(float(one.get("x")) + float(one.get("width")) for one in root.iter(f"{SVG}rect")) == 1120


def test_names_can_not_draw() -> None:
    bad = '"><script>alert(1)</script>\x00<style>'
    season = a_season(participants=[a_participant(1, name=bad), a_participant(2)], hosts=[a_host(1, name=bad)])
    for svg in (year_view(season, a_year(FIRST)), meeting_matrix(season, a_year(FIRST))):
        root = fromstring(svg)
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
            *("svg", "title", "desc", "rect", "line", "text"),
            "style",
        }
        assert [one.text for one in root.iter(f"{SVG}style")] == [DRAWING_STYLE]
        assert not any("style" in one.attrib or key.startswith("on") for one in root.iter() for key in one.attrib)


def test_letters_are_large_enough_to_read_at_the_size_of_the_drawing() -> None:
    season = a_season(participants=30)
    for svg in (year_view(season, YEAR), meeting_matrix(season, YEAR), meeting_matrix(a_season(participants=90), YEAR)):
        assert min(float(one.get("font-size")) for one in fromstring(svg).iter(f"{SVG}text")) >= 12
        assert float(fromstring(svg).get("viewBox").split()[2]) <= 1120


def test_every_colour_has_one_for_a_dark_screen_that_reads_as_well() -> None:
    for svg in (year_view(a_season(), YEAR), meeting_matrix(a_season(history={("S001", "S003"): 2}), YEAR)):
        used = {one.get(name) for one in fromstring(svg).iter() for name in ("fill", "stroke")} - {None}
        assert used <= set(DARK)
        assert all(f'[fill="{one}"]{{fill:{DARK[one]}}}' in DRAWING_STYLE for one in used)
    grounds = [DARK[one] for one in (*TINTS, *SHADES.values(), ONCE, AGAIN, BEFORE, PAPER)]
    assert all(contrast(DARK[INK], one) >= 7 for one in grounds)
    assert all(contrast(DARK[SOFT_INK], one) >= 4.5 for one in (DARK[PAPER], *(DARK[one] for one in SHADES.values())))
    assert all(contrast(SOFT_INK, one) >= 4.5 for one in (PAPER, *SHADES.values()))
    assert LINE in DARK


def test_ink_is_readable_on_every_fill() -> None:
    assert all(contrast(INK, one) >= 7 for one in (*TINTS, *SHADES.values(), ONCE, AGAIN, BEFORE))
    assert all(contrast(edge, tint) >= 3 for edge, tint in zip(EDGES, TINTS, strict=True))
