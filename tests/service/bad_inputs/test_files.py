"""Is every broken file refused, or looked at with the right word, and never half taken in (cases 1-36, 54-66, 75)?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from service.web.uploads import own_name
from tests.bad_inputs.broken import BROKEN, workbook
from tests.bad_inputs.cohorts import SCHOOL, cohort_files, csv_table, rezipped

if TYPE_CHECKING:
    from tests.service_imports import Desk

AT_ONCE = {
    "1 empty": (422, "empty_file"),
    "1 empty workbook": (422, "empty_file"),
    "2 html named xlsx": (415, "wrong_format"),
    "2 a zip of something else": (415, "wrong_format"),
    "3 cut zip": (422, "damaged_file"),
    "4 encrypted": (422, "encrypted"),
    "6 zip bomb": (413, "too_large"),
}
"""What shows without opening a file is refused when it is handed in."""

ON_COMMIT = {
    "2 xls named xlsx": (422, "damaged_file"),
    "7 lying sizes": (413, "too_large"),
    "8 entities": (422, "forbidden_xml"),
    "25 too many rows": (413, "too_large"),
}
"""What shows only in the child is found in the preview; making it real is refused as the file deserves."""


@pytest.mark.parametrize("name", AT_ONCE)
def test_file_that_can_not_be_read_is_refused_at_once(desk: Desk, name: str) -> None:
    answer = desk.hand_in(BROKEN[name].files)
    status, code = AT_ONCE[name]
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["errors"][0]["code"] == code
    assert desk.client.get(f"{desk.address}/imports").json()["items"] == []


@pytest.mark.parametrize("name", [name for name in BROKEN if name not in AT_ONCE])
def test_broken_cohort_is_looked_at_and_taken_in_only_where_it_may(desk: Desk, name: str) -> None:
    case = BROKEN[name]
    address = desk.previewed(case.files)
    found = [one for one in desk.look(address)["findings"] if one["code"] == case.code]
    assert found
    assert (found[0]["severity"] == "error") is case.refused
    assert found[0]["message"]
    assert found[0]["remedy"]
    assert len(found[0]["value"] or "") <= 80
    answer = desk.commit(address)
    if not case.refused:
        assert answer.status_code == 200
        assert desk.schools()
        return
    assert (answer.status_code, answer.json()["code"]) == ON_COMMIT.get(name, (409, "findings"))
    assert desk.schools() == []


def test_5_macros_are_kept_out_and_noted(desk: Desk) -> None:
    address = desk.previewed({"cohort.xlsm": rezipped(workbook(), {}, {"xl/vbaProject.bin": b"x"})})
    noted = [one["code"] for one in desk.look(address)["findings"] if one["severity"] == "note"]
    assert noted == ["macros_ignored"]


def test_6_file_over_five_megabytes_is_refused(desk: Desk) -> None:
    answer = desk.hand_in({"scholen.csv": b"x" * 5_000_001})
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_findings_are_the_first_thousand_with_the_total(desk: Desk) -> None:
    rows = [SCHOOL | {"schoolnummer": str(n), "naam": f"School nummer {n}", "postcode": "1"} for n in range(1200)]
    address = desk.previewed(cohort_files(schools=csv_table(rows)))
    found = desk.look(address)
    assert (len(found["findings"]), found["counts"]["errors"]) == (1001, 1200)
    assert found["total"] >= 1200
    refused = desk.commit(address).json()
    assert (refused["code"], refused["total"]) == ("findings", 1200)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../x/scholen.csv", "scholen.csv"),
        ("..\\..\\scholen.csv", "scholen.csv"),
        ("/etc/passwd", "passwd"),
        ("sch\u202eolen.csv", "scholen.csv"),
        ("scho\0len.csv", "scholen.csv"),
        ("cafe\u0301.csv", "caf\u00e9.csv"),
        ("x" * 300 + ".xlsx", "x" * 75 + ".xlsx"),
        ("..", ".."),
        ("", "bestand"),
    ],
)
def test_32_name_of_an_upload_is_never_a_path(given: str, kept: str) -> None:
    assert own_name(given) == kept


def test_32_uploads_with_one_name_are_both_read(desk: Desk) -> None:
    files = [
        ("files", ("a/x.csv", cohort_files()["scholen.csv"])),
        ("files", ("b/x.csv", cohort_files()["mentoren.csv"])),
    ]
    answer = desk.client.post(f"{desk.address}/imports", files=files)
    assert answer.json()["files"] == ["x.csv", "2-x.csv"]
    desk.read_waiting()
    assert desk.commit(answer.headers["location"]).status_code == 200


def test_upload_without_files_or_with_too_many_is_refused(desk: Desk) -> None:
    many = {f"{number}.csv": b"x" for number in range(11)}
    for answer, code in (
        (desk.client.post(f"{desk.address}/imports", files=[("naam", (None, "x"))]), "no_files"),
        (desk.hand_in(many), "too_many_files"),
    ):
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)


def test_51_upload_that_is_no_form_is_refused(desk: Desk) -> None:
    plain = desk.client.post(f"{desk.address}/imports", json={"files": []})
    assert (plain.status_code, plain.json()["code"]) == (415, "wrong_media_type")
    broken = desk.client.post(
        f"{desk.address}/imports", content=b"x", headers={"Content-Type": "multipart/form-data; boundary=y"}
    )
    assert broken.status_code in (400, 422)


def test_51_text_in_the_place_of_a_file_is_refused_in_dutch(desk: Desk) -> None:
    text = desk.client.post(f"{desk.address}/imports", files=[("files", (None, "x"))])
    assert (text.status_code, text.json()["errors"]) == (
        422,
        [
            {
                "pointer": "/files/0",
                "code": "not_a_file",
                "detail": "Hier hoort een bestand. Stuur het met zijn naam in een formulier (multipart/form-data).",
            }
        ],
    )
    form = desk.client.post(f"{desk.address}/imports", data={"files": "x"})
    assert (form.status_code, form.json()["code"]) == (415, "wrong_media_type")
