"""Is the plan a place to work in, in a real browser: searched while typing, a mentor dragged, all by links too?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.conftest import logged_in
from tests.browser.looking import faults_of
from tests.browser.test_hour import PATIENCE
from tests.filling import a_cohort, a_round, asking, people

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Windows
    from tests.service.run.running import Running

ON_TOP = """(map, side) => [...map.querySelectorAll(`a[data-${side}]`)].flatMap((one) => {
  const path = one.querySelector(".raak");
  const {x, y} = path.getPointAtLength(0).matrixTransform(path.getScreenCTM());
  return document.elementFromPoint(x, y)?.closest("a") === one ? [[x, y, one.dataset[side]]] : [];
})"""
COVERED = """(map) => {
  const marks = [...map.querySelectorAll("a[data-mentor]")].map((mark) => {
    const path = mark.querySelector(".raak");
    return [mark.dataset.mentor, path.getPointAtLength(0).matrixTransform(path.getScreenCTM())];
  });
  for (const [one, place] of marks) for (const [other, near] of marks) {
    const apart = Math.hypot(place.x - near.x, place.y - near.y);
    if (apart < 4 || apart > 20) continue;
    const [x, y] = [place.x + (near.x - place.x) * 0.4, place.y + (near.y - place.y) * 0.4];
    if (document.elementFromPoint(x, y)?.closest("a")?.dataset.mentor === other) return [x, y, one, other];
  }
  return null;
}"""
"""A place on the screen nearer to the middle of a mentor's mark than to that of the mark that covers it there."""
FAR = 80
ROWS = "#lijst tr[data-school]"


def searched(page: Page, home: str) -> None:
    """Search while typing: fewer rows, and the address keeps what was asked."""
    page.goto(f"{home}/plan")
    every = page.locator(ROWS).count()
    page.fill("#zoek", "atheneum")
    page.wait_for_url("**zoek=atheneum*")
    page.wait_for_function(f"document.querySelectorAll('{ROWS}').length < {every}")
    few = page.locator(ROWS).count()
    assert 0 < few < every
    page.reload()
    assert (page.locator(ROWS).count(), page.input_value("#zoek")) == (few, "atheneum")


def carry(page: Page, what: Locator, where: Locator) -> None:
    """Take something with the mouse, move it in steps as a hand does, and let it go."""
    start, end = what.bounding_box(), where.bounding_box()
    assert start is not None
    assert end is not None
    page.mouse.move(start["x"] + 20, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(end["x"] + 20, end["y"] + 12, steps=10)
    page.mouse.up()


def dragged(page: Page, home: str) -> tuple[str, str]:
    """Drag the first pair's mentor to another school; give that school and the mentor."""
    page.set_viewport_size({"width": 1440, "height": 2600})
    page.goto(f"{home}/plan")
    page.locator("[data-zoom]").wait_for(timeout=PATIENCE)  # the map comes later, and what stands below moves with it
    mentor = page.locator("td[data-mentor]").first
    school = page.locator(ROWS).nth(6)
    key = str(mentor.get_attribute("data-mentor"))
    carry(page, mentor, school.locator("td").nth(3))
    page.locator("#proef h2").wait_for(timeout=PATIENCE)
    page.locator("#proef p.groot").first.wait_for(timeout=PATIENCE)  # the price, or why it can't be
    return str(school.get_attribute("data-school")), key


def dragged_on_the_map(page: Page, home: str) -> None:
    """Drag a mentor on the map to a school that has another: the price comes by the same way, and nothing is kept."""
    page.goto(f"{home}/plan")
    drawn = page.locator("svg.kaartje")
    drawn.wait_for(timeout=PATIENCE)
    drawn.scroll_into_view_if_needed()
    (*start, _), (*end, _) = on_top(drawn, "mentor")[0], on_top(drawn, "school")[-1]
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=10)
    assert drawn.locator(".onderweg").count() == drawn.locator("a.doel").count() == 1
    page.mouse.up()
    page.locator("#proef h2").wait_for(timeout=PATIENCE)
    page.locator("#proef p.groot").first.wait_for(timeout=PATIENCE)
    assert page.url == f"{home}/plan"
    assert drawn.locator(".onderweg").count() == drawn.locator("a.doel").count() == 0


def nearest_is_taken(page: Page, home: str) -> None:
    """Press between two mentors whose marks lie over each other, nearer to the one below: that one is carried."""
    page.goto(f"{home}/kaart")
    drawn = page.locator("svg.kaartje")
    drawn.wait_for(timeout=PATIENCE)
    place = drawn.evaluate(COVERED)
    assert place, "no two mentors of this map lie over each other"
    x, y, below, above = place
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    (*end, _) = next(one for one in on_top(drawn, "school") if abs(one[0] - x) + abs(one[1] - y) > FAR)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(*end, steps=10)
    page.mouse.up()
    page.wait_for_url("**/verzet?**", timeout=PATIENCE)
    told = [one for one in asked if "mentor=" in one]
    assert (f"mentor={below}&" in told[0], f"mentor={above}&" in told[0]) == (True, False), told


def on_top(drawn: Locator, side: str) -> list[tuple[float, float, str]]:
    """Give the points on the screen of the marks of a side that no other mark covers, with their numbers."""
    return [tuple(one) for one in drawn.evaluate(ON_TOP, side)]  # type: ignore[misc]


def test_plan_is_searched_while_typing_and_a_mentor_is_dragged(opened: Windows, service: Running) -> None:
    page = opened().new_page()
    logged_in(page, service)
    with asking(page.context, service.url) as client:
        cohort = a_cohort(client, "Werkplek")
        people(client, cohort, "scholen.csv", "mentoren.csv")
        a_round(client, cohort)
    home = f"{service.url}/cohorten/{cohort}"
    searched(page, home)
    school, mentor = dragged(page, home)
    assert page.url == f"{home}/plan"
    assert page.locator("span.merkje", has_text="vanaf nu vast").count() == 0  # nothing is kept yet
    assert list(faults_of(page)) == []
    dragged_on_the_map(page, home)
    nearest_is_taken(page, home)
    parts = (f"verzet?mentor={mentor}", "plan?weergave=mentoren", "recent", f"naast/{school}")
    bare = opened(storage_state=page.context.storage_state(), java_script_enabled=False).new_page()
    for part in parts:  # choose and place, by links alone
        bare.goto(f"{home}/{part}")
        assert bare.locator("h1").count() == 1, part
        page.goto(f"{home}/{part}")
        assert list(faults_of(page)) == [], part
