"""Does the console tell who can come when no date fits, and what a change of group costs before it is kept?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.service.network.test_sessions_page import Network
from tests.service_client import worker_beside

if TYPE_CHECKING:
    from service.database.engine import Database
    from service.worker.child import Children

pytestmark = pytest.mark.usefixtures("november")


@pytest.fixture
def pages(database: Database, children: Children) -> Network:
    """Publish a plan."""
    return Network(database, children)


def asked(pages: Network, place: str, **query: Any) -> str:  # noqa: ANN401 - fields
    with worker_beside(pages.app, pages.children):
        return str(pages.client.get(place, params=query).text)


def test_group_without_a_date_gets_three_moments_to_choose_from(pages: Network) -> None:
    pages.planned(blokkeringen="Provinciehuis; 1/9/2026; 30/6/2027; ; verbouwing", afspraken="")
    season = pages.season()
    house = next(one["id"] for one in season["hosts"] if one["name"] == "Provinciehuis")
    place = f"{pages.here}/sessies/{season['id']}/vragen"
    text = asked(pages, place, vraag="datum", ronde=1, school=["S001", "S002"], gastheer=house)
    assert "Leg de groep deze momenten voor" in text
    told = text[text.index('id="peiling"') :].split("</ol>")[0]
    assert told.count("<li>") == 3
    assert told.count("met 2 van de 2 scholen") == 3
    assert "De gastheer kan dan niet (01/09/2026 tot 30/06/2027: verbouwing)." in told
    assert 'id="peiling"' not in asked(pages, place, vraag="datum", ronde=1, school=["S001", "S002"])
