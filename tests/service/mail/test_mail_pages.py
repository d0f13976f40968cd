"""Does the page Berichten show each mail before it goes, and do its buttons do what they say?"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from service.mail.kinds import KINDS
from tests.page_text import as_read
from tests.post_office import a_post_office
from tests.service.mail.sending import AN, SMTP, mails, propose
from tests.service_client import a_client, a_cohort, an_app, work

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from service.database.engine import Database
    from service.mail.store import MailRow
    from service.worker.child import Children

HTML = {"Accept": "text/html"}


def shown(client: TestClient, path: str, **form: object) -> str:
    """Open a page, or send its form, and give what is shown at last."""
    answer = client.post(path, data=form, headers=HTML) if form else client.get(path, headers=HTML)
    return unescape(answer.text)


def test_mails_are_looked_at_and_sent_on_the_page(database: Database, children: Children) -> None:
    with a_post_office() as office:
        app = an_app(database, smtp_url=office.url, mail_from=SMTP["mail_from"])
        client = a_client(app, "coordinator")
        cohort = a_cohort(client)
        home = f"/cohorten/{cohort}/berichten"
        assert "Er staat niets klaar." in shown(client, home)
        rows: list[MailRow] = [propose(app, cohort, str(number)) for number in range(3)]
        page = shown(client, home)
        assert page.count(rows[0].subject) == 3
        assert "- Jan Maes, Voorbeeld NV (Genk)" in page
        assert "Duid eerst aan welke mails u bedoelt." in shown(client, home, actie="stuur", welke="keuze")
        told = shown(client, home, actie="stuur", welke="keuze", mail=[rows[0].id])
        assert "1 mail vertrekt." in told
        assert "1 mail vertrekt niet." in shown(client, home, actie="niet", mail=[rows[1].id])
        late = propose(app, cohort, "late")
        assert "Duid eerst aan" in shown(client, home, actie="stuur", welke="alle")
        assert "1 mail vertrekt." in shown(client, home, actie="stuur", welke="alle", getoond=[rows[2].id])
        assert [one.id for one in mails(database) if one.state == "proposed"] == [late.id]
        work(app, children)
        assert len(office.got) == 2
        log = shown(client, home)
        assert log.count("250 taken") == 2
        assert shown(client, f"{home}?stand=dropped").count(f"{home}/mail/") == 1
        assert "Geen mails met deze keuze." in shown(client, f"{home}?stand=sent&soort=login_link")


def test_mails_of_a_kind_stand_together_and_many_are_folded(database: Database) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_cohort(client)
    home = f"/cohorten/{cohort}/berichten"
    rows = [propose(app, cohort, str(number)) for number in range(8)]
    page = as_read(shown(client, home))
    title = KINDS[rows[0].kind].title
    assert f'<details class="kaart" open><summary><strong>{title}</strong>: 8 mails</summary>' in page
    rows.append(propose(app, cohort, "9"))
    page = as_read(shown(client, home))
    assert f'<details class="kaart"><summary><strong>{title}</strong>: 9 mails</summary>' in page
    assert {one.id for one in rows} == set(re.findall(r'name="getoond" value="([^"]+)"', page))


def test_navigation_says_that_mails_wait_and_no_longer_once_they_do_not(database: Database) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_cohort(client)
    home, mark = f"/cohorten/{cohort}/berichten", '/berichten"[^>]*>Berichten</a><span class="stip nu"'
    assert re.search(mark, shown(client, home)) is None
    row = propose(app, cohort)
    assert re.search(mark, shown(client, home)) is not None
    assert re.search(mark, shown(client, home, actie="niet", mail=[row.id])) is None


def test_one_mail_is_sent_again_and_noted_as_come_back(database: Database, children: Children) -> None:
    with a_post_office() as office:
        app = an_app(database, smtp_url=office.url, mail_from=SMTP["mail_from"])
        client = a_client(app, "coordinator")
        cohort = a_cohort(client)
        row = propose(app, cohort)
        home = f"/cohorten/{cohort}/berichten"
        office.rcpt[AN.address] = "550 <b>Onbekend</b>"
        shown(client, home, actie="stuur", mail=[row.id])
        work(app, children)
        answer = client.get(f"{home}/mail/{row.id}", headers=HTML)
        assert "550 &lt;b&gt;Onbekend" in answer.text
        office.rcpt.clear()
        shown(client, home, actie="stuur", mail=[row.id])
        work(app, children)
        assert "Genoteerd dat deze mail terugkwam." in shown(client, f"{home}/mail/{row.id}/terug", reden="Vol")
        page = shown(client, f"{home}/mail/{row.id}")
        assert "teruggekomen" in page
        assert "Opnieuw versturen" not in page  # nothing goes to that address
        assert "Opnieuw versturen" in shown(client, f"{home}/mail/{row.id}/werkt", eenmaal="k1")


def test_without_a_server_each_mail_has_a_link_that_opens_it_whole(database: Database) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_cohort(client)
    row = propose(app, cohort)
    page = shown(client, f"/cohorten/{cohort}/berichten")
    assert "Er is geen mailserver ingesteld" in page
    found = re.search(r'href="(mailto:[^"]+)"', page)
    assert found is not None
    link = urlsplit(found.group(1))
    told = parse_qs(link.query)
    assert (link.path, told["subject"], told["body"]) == (AN.address, [row.subject], [row.body.replace("\n", "\r\n")])
    assert "1 mail staat nu op verstuurd." in shown(
        client, f"/cohorten/{cohort}/berichten", actie="zelf", mail=[row.id]
    )
    for form, kind in (("xlsx", "spreadsheetml"), ("csv", "text/csv")):
        sheet = client.get(f"/cohorten/{cohort}/berichten/mails.{form}", headers=HTML)
        assert kind in sheet.headers["content-type"]


def test_text_is_looked_at_kept_and_taken_back_on_its_page(database: Database) -> None:
    app = an_app(database)
    client = a_client(app, "coordinator")
    cohort = a_cohort(client)
    propose(app, cohort)
    home = f"/cohorten/{cohort}/berichten/teksten"
    assert "Koppel bekend" in shown(client, home)
    page = shown(client, f"{home}/plan_published")
    assert "De mail aan An Peeters" in page
    version = re.search(r'name="versie" value="([^>]*)">', page)
    assert version is not None
    good = {"onderwerp": "Dag {{ naam }}", "tekst": "Beste\r\n{{ naam }}", "versie": version.group(1)}
    bad = shown(client, f"{home}/plan_published", **good | {"tekst": "Beste\r\n{{ wie }}", "actie": "bewaar"})
    assert "Regel 2: «wie» is hier niet bekend." in bad
    assert "Verbeter eerst wat bij de tekst staat." in bad
    looked = shown(client, f"{home}/plan_published", **good, actie="bekijk")
    assert "Beste\nAn Peeters" in looked
    assert mails(database)[0].subject == "Uw koppel in IN2STEM is bekend"
    assert "De tekst is bewaard." in shown(client, f"{home}/plan_published", **good, actie="bewaar")
    assert (mails(database)[0].subject, mails(database)[0].body) == ("Dag An Peeters", "Beste\nAn Peeters\n")
    assert "staat er weer" in shown(client, f"{home}/plan_published", actie="terug")
    assert client.get(f"{home}/login_link", headers=HTML).status_code == 404


def test_signature_is_kept_on_its_page(database: Database) -> None:
    client = a_client(an_app(database), "coordinator")
    home = f"/cohorten/{a_cohort(client)}/berichten/teksten"
    version = re.search(r'name="versie" value="([^>]*)">', shown(client, home))
    assert version is not None
    form = {"ondertekening": "Groet\r\nEls", "versie": version.group(1)}
    assert "Dit is geen e-mailadres." in shown(client, home, **form, antwoord="geen adres")
    assert "De ondertekening is bewaard." in shown(client, home, **form, antwoord="els@voka.example")
    assert "els@voka.example" in shown(client, home)
