"""The steps of a cohort's year in a browser, from selection to the signed Award and the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.cohort_year import PATIENCE, Scene, applied, link_in, send

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

REASON = "Te druk dit jaar"
CRITERIA = 21
CHECKED = "(one) => { one.checked = true }"


def whole_year(scene: Scene, schools: int, mentors: int, places: int, told: Callable[[str], None] = print) -> None:
    """Go through the year: so many apply, so many places."""
    applied(scene, schools, mentors)
    told(f"{schools} schools and {mentors} mentors applied and confirmed")
    selected(scene, mentors, places)
    scene.mailed(schools + mentors)
    told(f"{places} schools selected, everybody told")
    searched(scene)
    pages_made(scene)
    pairs = proposed(scene)
    declined = answered(scene, decline=2)
    assert declined == 2
    told(f"{pairs} pairs proposed, {declined} declined")
    searched_again(scene)
    proposed(scene)
    assert answered(scene, decline=0) == 0
    published(scene)
    told("all accepted and published")
    measured(scene, "baseline", 2)
    told("baselines measured")
    year_planned(scene)
    told("sessions planned, invitations sent and answered")
    dropped_out(scene)
    told("drop-out repaired and published")
    measured(scene, "final", 3)
    award_signed(scene)
    reported(scene, places)
    told("final measurements, Award and report")


def selected(scene: Scene, mentors: int, places: int) -> None:
    """Accept all mentors, and select schools."""
    page = scene.go("/aanmeldingen?soort=mentor&stand=confirmed")
    boxes = page.locator("input[name=wie]")
    assert boxes.count() == mentors
    for box in boxes.all():
        box.check()
    page.select_option("#stap", "accepted")
    page.get_by_role("button", name="Doe dit voor wie u koos").click()
    scene.says(f"{mentors} aanmeldingen zijn nu aanvaard.")
    page = scene.go("/selectie")
    page.fill("#plaatsen", str(places))
    page.get_by_role("button", name="Zoek de beste selectie").click()
    page.locator("#aanvaard").click(timeout=PATIENCE)
    scene.says(f"{places} scholen staan nu in de cohorte.")


def searched(scene: Scene) -> None:
    """Have the best plan searched and proven."""
    scene.go("/ronde").locator("form[action$='/ronde'] button").first.click()
    scene.says("bewezen best")


def pages_made(scene: Scene) -> None:
    """Give every school and mentor a page of their own."""
    scene.go("/deelnemers").click("#maak")
    scene.page.get_by_text("nog geen", exact=True).first.wait_for(state="detached", timeout=PATIENCE)


def proposed(scene: Scene) -> int:
    """Propose what is not proposed yet, and send it; give how many pairs there were."""
    page = scene.go("/voorstellen")
    page.locator("#stel-voor").click(timeout=PATIENCE)
    page.locator("#stel-voor").wait_for(state="detached", timeout=PATIENCE)
    waiting = scene.go("/berichten").locator("input[name=mail]").count()
    for mail in scene.mailed(waiting):
        scene.own[str(mail["To"])] = link_in(mail, "/mijn/")
    return waiting // 2


def answered(scene: Scene, decline: int) -> int:
    """Let everybody with an open proposal answer on their own page; the first mentors say no."""
    page, declined = scene.guest, 0
    for who, link in scene.own.items():
        page.goto(link)
        while page.locator("form[action$='/antwoord']").count():
            form = page.locator("form[action$='/antwoord']").first
            says_no = declined < decline and "bedrijf.example" in who
            form.locator(f"input[value={'declined' if says_no else 'accepted'}]").check()
            if says_no:
                form.locator("textarea").fill(REASON)
                declined += 1
            send(form.get_by_role("button", name="Antwoord"))
    return declined


def searched_again(scene: Scene) -> None:
    """Search again without the pairs that were declined, keeping those who said yes."""
    page = scene.go("/voorstellen")
    assert REASON in page.content()
    page.get_by_role("button", name="Zoek opnieuw").click()
    page.wait_for_url("**/ronde")
    scene.says("bewezen best")


def published(scene: Scene) -> None:
    """Publish the plan, and tell everybody."""
    scene.go("/publiceren").locator("#publiceer").click(timeout=PATIENCE)
    scene.says("Het portaal toont dit plan nu.")
    scene.mailed(scene.go("/berichten").locator("input[name=mail]").count())


def schools_of(scene: Scene) -> list[str]:
    """Give the links of schools."""
    return [link for who, link in scene.own.items() if "@school.example" in who]


def measured(scene: Scene, moment: str, value: int) -> None:
    """Let every school measure itself on its own page: the first with 21 clicks, and the others as these leave it."""
    by_hand = True
    for link in schools_of(scene):
        page = scene.guest
        page.goto(link)
        if not page.locator(f"a[href$='/meting/{moment}']").count():
            continue  # a school whose place stayed open has a page too, but one that applied in vain has none
        send(page.locator(f"a[href$='/meting/{moment}']").first)
        page.fill("#wie", "directeur")
        send(page.get_by_role("button", name="Begin"))
        names = page.evaluate("[...new Set([...document.querySelectorAll('input[type=radio]')].map(one => one.name))]")
        assert len(names) == CRITERIA
        for name in names if by_hand else ():
            page.check(f"input[type=radio][name='{name}'][value='{value}']")
        page.evaluate(f"document.querySelectorAll('input[type=radio][value=\"{value}\"]').forEach({CHECKED})")
        by_hand = False
        send(page.locator("button[formaction$='/indienen']"))
        assert "ingediend en ligt vast" in page.content(), page.locator("main").inner_text()


def year_planned(scene: Scene) -> None:
    """Plan the year of sessions, publish it, send the invitations, and have everybody say that they come."""
    page = scene.go("/sessies")
    page.locator("#nieuw form button").last.click()
    page.get_by_role("button", name="Publiceer dit jaar").click(timeout=PATIENCE)
    scene.says("gepubliceerd")
    invitations = scene.mailed(scene.go("/berichten").locator("input[name=mail]").count())
    assert invitations
    assert all("text/calendar" in {part.get_content_type() for part in one.walk()} for one in invitations)
    for link in scene.own.values():
        scene.guest.goto(link)
        if scene.guest.get_by_role("button", name="Ik kom op").count():
            send(scene.guest.get_by_role("button", name="Ik kom op").first)
            assert "u komt" in scene.guest.content()


def dropped_out(scene: Scene) -> None:
    """Let a mentor of the plan drop out, and publish the repaired plan."""
    plan = scene.go("/plan").locator("table").first.inner_text()
    page = scene.go("/uitval")
    options = page.locator("#mentor option").all()
    leaving = next(one for one in options if one.inner_text().partition(",")[0] in plan)
    page.select_option("#mentor", leaving.get_attribute("value"))
    page.locator("#noteer").wait_for(timeout=PATIENCE)
    page.locator("input[name=reden]").first.check()
    page.click("#noteer")
    scene.says("Naar publiceren")
    scene.go("/publiceren").locator("#publiceer").click(timeout=PATIENCE)
    scene.says("Het portaal toont dit plan nu.")


def award_signed(scene: Scene) -> None:
    """Let a jury of one score with halves, and sign the decision."""
    page = scene.go("/award")
    page.fill("#naam", "Award 2027")
    page.locator("input[name^=criterium-]").first.fill("Verankering")
    page.locator("input[name^=gewicht-]").first.fill("100")
    for box in page.locator("input[name=school]").all():
        box.check()
    page.locator("input[name^=jurylid-]").first.fill("Greet Haard")
    page.get_by_role("button", name="Bewaren").click()
    scene.says("De criteria, scholen en juryleden zijn bewaard.")
    page.locator("a[href*='/award/jury/']").first.click()
    fields = page.locator("input[name^=score-]")
    fields.first.wait_for(timeout=PATIENCE)
    for number, one in enumerate(fields.all()):
        one.fill(("8", "7,5", "9", "6", "6,5")[number % 5])
    page.get_by_role("button", name="Bewaar de scores").click()
    page.wait_for_load_state()
    scene.go("/award").get_by_role("button", name="Onderteken de beslissing").click()
    scene.says("De beslissing is ondertekend en ligt vast.")


def reported(scene: Scene, places: int) -> None:
    """Read the report for the funder."""
    page: Page = scene.go("/rapport")
    told = page.locator("main").inner_text()
    assert str(places) in told
    assert "Award" in told
