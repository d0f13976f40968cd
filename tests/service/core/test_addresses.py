"""Is whatever comes into an address or a header quoted, and what climbs refused?"""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from starlette.responses import Response

from service.core.addresses import as_part, header_value, path_to, saved_as
from service.core.errors import Problem

ODD = ("a/b", "a?b", "a#b", "%2e", "Škola", "学校", "a b", '"', "{}", "{0}", "x\r\ny", "&=+", "\x00")


@pytest.mark.parametrize("text", ODD)
def test_each_part_is_quoted_whole(text: str) -> None:
    path = path_to("/cohorten/{}/scholen/{}", "coh_1", text)
    start, _, last = path.rpartition("/")
    assert (start, unquote(last)) == ("/cohorten/coh_1/scholen", text)
    assert path.isascii()
    Response(headers={"Location": path})


@pytest.mark.parametrize("text", [".", "..", "\ud800"])
def test_what_climbs_or_is_no_text_is_refused(text: str) -> None:
    with pytest.raises(Problem) as refused:
        path_to("/cohorten/{}", text)
    assert refused.value.status == 404


@pytest.mark.parametrize("text", [".", ".."])
def test_no_id_is_a_step_in_a_path(text: str) -> None:
    with pytest.raises(ValueError, match="stappen"):
        as_part(text)


def test_ids_are_composed() -> None:
    assert as_part("e\u0301") == "é"


def test_a_query_leaves_out_what_was_not_chosen() -> None:
    asked = {"ronde": "", "zoek": "a&b=é", "blad": None, "nul": 0}
    assert path_to("/plan", query=asked) == "/plan?zoek=a%26b%3D%C3%A9&nul=0"
    assert path_to("/plan", query={"zoek": "\ud800"}) == "/plan?zoek=%3F"


@pytest.mark.parametrize("name", ["dossier.xlsx", "dossier-Škola.xlsx", 'a";x="y.xlsx', "学校\r\nX: y"])
def test_a_file_is_named_in_plain_signs_and_whole(name: str) -> None:
    value = saved_as(name)
    assert (value.isascii(), "\r" in value, "\n" in value, value.count('"')) == (True, False, False, 2)
    assert value == 'attachment; filename="dossier.xlsx"' or unquote(value.partition("UTF-8''")[2]) == name
    Response(headers={"Content-Disposition": value})


def test_a_header_never_breaks() -> None:
    assert header_value('"abc" /plan?x=%C3') == '"abc" /plan?x=%C3'
    assert header_value("Š\r\nX: y\ud800") == "%C5%A0%0D%0AX: y%3F"
