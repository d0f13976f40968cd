"""Can a coordinator look a plan over, lock and forbid with the price first, and take it back?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from service.database.ids import now
from service.database.tables import job, round_, suggestion
from service.rounds.locks.shapes import LockOut
from service.rounds.plan.rows import changed_locks
from tests.builders import a_mentor, a_round, a_school
from tests.service.planned import Pages

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children


@pytest.fixture
def pages(database: Database, children: Children) -> Pages:
    """Have a round solved and studied."""
    found = Pages(database, children)
    found.solved()
    return found


def locks(pages: Pages) -> list[tuple[str, str, str]]:
    """Give the agreements."""
    found = pages.client.get(f"/v1/cohorts/{pages.cohort}/locks").json()["items"]
    return [(one["school"], one["mentor"], one["kind"]) for one in found]


def test_only_what_is_printed_takes_place_beside_the_map(pages: Pages) -> None:
    head = pages.text("/plan").partition('class="naast plan-kop"')[2].partition("<details open>")[0]
    assert head.rpartition("<form")[0].rfind('<div class="geen-druk">') > 0


def an_undo(text: str) -> tuple[str, dict[str, str]]:
    """Read the form of a message that takes back what was done."""
    found = re.search(r'id="melding".*?<form method="post" action="([^"]+)">(.*?)</form>', text, re.DOTALL)
    assert found is not None
    return found[1].replace("&amp;", "&"), dict(re.findall(r'name="([^"]+)" value="([^"]*)"', found[2]))


def test_plan_names_people_and_adds_up(pages: Pages) -> None:
    text, drawn, pairs = pages.text("/plan"), pages.text("/kaart"), pages.pairs()
    total = f"{sum(int(str(one['points'])) for one in pairs):,}".replace(",", ".")
    assert f"De punten in deze tabel tellen op tot {total}, het totaal van het plan." in text
    assert f"<strong>{total}</strong>" in text
    assert text.count("<tr data-rij") == 4
    for name in ("Jan Wouters", "An Peeters", "Bart Claes", "Els Maes", "Atheneum 1"):
        assert name in text
    for one in pairs:
        assert f'id="koppel-{one["school"]}-{one["mentor"]}"' in text
        assert f'id="lijn-{one["school"]}-{one["mentor"]}"' in drawn
    assert "kwetsbaar" in text  # every mentor is needed


def test_plan_is_sorted_and_searched_by_address(pages: Pages) -> None:
    points = [int(one) for one in re.findall(r'class="cijfer">(\d+)<progress', pages.text("/plan?volgorde=-punten"))]
    assert points == sorted(points, reverse=True)
    few = pages.text("/plan?zoek=wouters&volgorde=mentor")
    assert few.count("<tr data-rij") == 1
    assert "1 van 4 koppels: wat bij «wouters» past." in few
    assert 'aria-sort="ascending"' in few
    assert "Niets past bij «niemand»." in pages.text("/plan?zoek=niemand")


def test_one_key_locks_and_undo_takes_it_back(pages: Pages) -> None:
    pair = pages.pairs()[0]
    data = {"school": pair["school"], "mentor": pair["mentor"]}
    told = pages.client.post(f"{pages.here}/plan/vast?volgorde=punten", data=data)
    assert (told.status_code, told.headers["location"]) == (303, f"{pages.here}/plan?volgorde=punten")
    text = pages.text("/plan?volgorde=punten")
    assert "is vastgezet." in text
    assert "Sinds dit plan: 1 afspraak erbij." in text
    assert "Die telt vanaf de volgende ronde." in text
    assert 'id="zoek-opnieuw">Zoek opnieuw</button>' in text
    assert 'class="lijn vast"' in pages.text("/kaart?volgorde=punten")
    assert locks(pages) == [(pair["school"], pair["mentor"], "required")]
    action, fields = an_undo(text)
    assert pages.client.post(action, data=fields).status_code == 303
    assert locks(pages) == []
    again, fields = an_undo(pages.text("/plan"))
    assert pages.client.post(again, data=fields).status_code == 303
    assert locks(pages) == [(pair["school"], pair["mentor"], "required")]


def test_agreement_that_is_gone_or_there_already_is_said(pages: Pages) -> None:
    pair = pages.pairs()[0]
    data = {"school": pair["school"], "mentor": pair["mentor"]}
    for _ in range(2):
        pages.client.post(f"{pages.here}/plan/vast", data=data)
    there = f'<a href="{pages.here}/controle#afspraken">Naar de afspraken</a>'
    text = pages.text("/plan")
    assert "Deze afspraak is er al." in text
    assert there in text
    said = data | {"soort": "required", "reden": "toch", "eenmaal": ""}
    assert there in pages.client.post(f"{pages.here}/plan/{pair['school']}/afspraak", data=said).text
    again = {"school": pair["school"], "mentor": pair["mentor"], "kind": "required", "reason": "toch"}
    assert there in pages.client.post(f"{pages.here}/afspraken", data=again).text
    assert '<h2 id="afspraken">Afspraken</h2>' in pages.text("/controle")
    pages.client.post(f"{pages.here}/plan/los", data={"afspraak": "lck_weg"})
    assert "Deze afspraak was al geschrapt." in pages.text("/plan")


def test_school_says_why_and_where_the_points_come_from(pages: Pages) -> None:
    pair = pages.pairs()[0]
    text = pages.text(f"/plan/{pair['school']}")
    for reason in pair["reasons"]:  # type: ignore[attr-defined]
        assert f"<li>{reason}</li>" in text
    told = f"{pair['points']:,}".replace(",", ".")
    assert f"zo komt men aan {told} punten" in text
    body = text.partition(f"aan {told} punten</caption>")[2].partition("</tbody>")[0]
    shares = [int(row[-1]) for row in (re.findall(r">(\d+)</td>", one) for one in body.split("</tr>")) if row]
    assert sum(shares) == pair["points"]


def test_price_is_told_before_a_pair_is_locked_or_forbidden(pages: Pages) -> None:
    now = {str(one["mentor"]): str(one["school"]) for one in pages.pairs()}
    other = next(mentor for mentor, school in now.items() if school != "S001")
    path = f"/plan/S001?mentor={other}"
    assert "De prijs wordt uitgezocht" in _waiting(pages, path)
    text = pages.text(path)
    assert "Waarom niet " in text
    assert "Dat kost " in text
    mine = next(mentor for mentor, school in now.items() if school == "S001")
    _waiting(pages, f"/plan/S001?verbied={mine}")
    text = pages.text(f"/plan/S001?verbied={mine}")
    assert "hier verbieden?" in text
    assert "Ja, verbied dit koppel</button>" in text
    assert "Dat kost " in text


def _waiting(pages: Pages, path: str) -> str:
    """Ask without waiting, and have the answer worked out."""
    text = pages.text(path)
    pages.work()
    return text


def test_agreement_needs_a_reason_and_keeps_what_was_typed(pages: Pages) -> None:
    pair = pages.pairs()[0]
    path = f"{pages.here}/plan/{pair['school']}/afspraak"
    data = {"mentor": pair["mentor"], "soort": "forbidden", "reden": "  "}
    told = pages.client.post(path, data=data)
    assert told.status_code == 422
    assert "Geef een reden" in told.text
    good = pages.client.post(path, data=data | {"reden": "te ver"})
    assert (good.status_code, good.headers["location"]) == (303, f"{pages.here}/plan/{pair['school']}")
    text = pages.text(f"/plan/{pair['school']}")
    assert "is verboden. Het telt vanaf de volgende ronde." in text
    assert "mag hier niet: te ver" in text
    clash = pages.client.post(path, data=data | {"soort": "required", "reden": "toch <b>"})
    assert clash.status_code == 409
    assert 'value="toch &lt;b&gt;"' in clash.text


def test_mentors_as_good_are_said_to_be_interchangeable(database: Database, children: Children) -> None:
    given = a_round([a_school(1)], [a_mentor(1, first_name="An"), a_mentor(2, first_name="Bart")])
    pages = Pages(database, children, given)
    pages.solved()
    assert "inwisselbaar; u kiest." in pages.text("/plan/S001")
    assert "kost niets" in pages.text("/plan")


def test_plan_of_which_the_study_is_not_done_is_shown_at_once(database: Database, children: Children) -> None:
    pages = Pages(database, children)
    pages.solved()

    with database.write() as transaction:
        transaction.execute(sa.delete(suggestion))
        transaction.execute(sa.update(round_).values(findings=None))
        transaction.execute(sa.update(job).where(job.c.kind == "study_round").values(state="running"))
    assert "Tweede keuzes en uitval worden nog uitgezocht." in pages.text("/plan")
    assert "Andere keuzes en hun prijs worden nog uitgezocht." in pages.text("/plan/S001")
    assert "Er wordt nog uitgezocht wie er kan invallen" in pages.text("/ronde")


def test_without_a_plan_the_way_to_one_is_shown(database: Database, children: Children) -> None:
    pages = Pages(database, children)
    for path in ("/plan", "/plan/S001"):
        assert "Laat eerst het beste plan zoeken" in pages.text(path)


def test_viewer_sees_companies_no_forms_and_may_not_lock(pages: Pages) -> None:
    viewer = pages.browser("viewer")
    text = viewer.get(f"{pages.here}/plan").text
    assert "Mentor van " in text
    assert "Jan Wouters" not in text
    assert "Vastzetten" not in text
    assert viewer.get(f"{pages.here}/plan/S001").status_code == 200
    assert viewer.post(f"{pages.here}/plan/vast", data={}).status_code == 403
    assert viewer.post(f"{pages.here}/plan/S001/afspraak", data={}).status_code == 403


def test_unknown_school_or_round_is_a_page(pages: Pages) -> None:
    for path in ("/plan/S099", "/plan?ronde=rnd_weg"):
        assert pages.client.get(pages.here + path).status_code == 404


def test_pair_that_rests_is_no_change_and_is_marked(pages: Pages) -> None:
    pair = pages.pairs()[0]
    data = {"school": pair["school"], "mentor": pair["mentor"]}
    pages.client.post(f"{pages.here}/plan/vast", data=data)
    pages.solved()
    asked = pages.text(f"/uitval?mentor={pair['mentor']}")
    assert "Het vaste koppel bij Atheneum " in asked
    assert " rust tot deze mentor terugkomt." in asked
    left = {"mentor": str(pair["mentor"]), "reden": "illness", "nota": "", "eenmaal": ""}
    pages.client.post(f"{pages.here}/uitval", data=left)
    assert "Sinds dit plan" not in pages.text("/plan")
    assert "(rust: de mentor is afgehaakt)" in pages.text(f"/plan/{pair['school']}")
    assert "rust, want de mentor is afgehaakt" in pages.text("/controle")
    assert "0 vaste koppels" in pages.text("/ronde")
    pages.solved()
    assert "Sinds dit plan" not in pages.text("/plan")


def test_numbers_of_changed_agreements_agree() -> None:
    kept = [{"school": "S001", "mentor": f"M00{n}", "kind": "forbidden"} for n in (1, 2, 3)]
    more = {"reason": "", "override": False, "created_at": now()}
    locks = [LockOut(id=str(n), **one, **more) for n, one in enumerate(kept)]  # type: ignore[arg-type]
    assert changed_locks({"locks": []}, locks[:1], ()) == (
        "Sinds dit plan: 1 afspraak erbij. Die telt vanaf de volgende ronde."
    )
    assert changed_locks({"locks": []}, locks[:2], ()) == (
        "Sinds dit plan: 2 afspraken erbij. Die tellen vanaf de volgende ronde."
    )
    assert changed_locks({"locks": kept[:1]}, locks[1:2], ()) == (
        "Sinds dit plan: 1 afspraak erbij en 1 afspraak geschrapt. Dat telt vanaf de volgende ronde."
    )


def test_publishing_tells_the_other_mentors_that_the_portal_shows(pages: Pages) -> None:
    text = pages.text("/publiceren")
    assert "en per school de andere mentoren die passen, met punten, redenen en prijs." in text
    assert "Letterlijk" not in text
    newest = f"/v1/cohorts/{pages.cohort}/rounds/laatste"
    told = pages.client.get(f"{newest}/audience?school=S001").json()
    shown = pages.text("/publiceren?school=S001").partition('id="anderen" open')[2]
    others = [one for one in told["pairings"] if not one["in_plan"]]
    assert others
    everybody = pages.client.get(f"/v1/cohorts/{pages.cohort}/mentors?limit=200").json()["items"]
    names = {one["pseudonym"]: f"{one['first_name']} {one['last_name']}" for one in everybody}
    listed = [one["mentor"] for one in (*others, *told["standby"])]
    assert all(names[one] in shown for one in listed)
    assert shown.partition("</table>")[0].count("<tr data-rij>") == len(listed)
    assert "mtr_" not in text + shown
    assert 'id="anderen" open' not in pages.text("/publiceren?school=S999")


def test_thousand_points_have_their_dot_beside_a_school(database: Database, children: Children) -> None:
    pages = Pages(database, children, a_round([a_school(1)], [a_mentor(1), a_mentor(2)]))
    pages.solved()
    points = pages.pairs()[0]["points"]
    text = pages.text("/plan/S001")
    assert points == 1000
    assert "<strong>1.000 punten</strong>" in text
    assert ">1000<" not in text
