"""Is a table of sectors that a policy brings read, and refused with the place where it is wrong?"""

from __future__ import annotations

from importlib import resources

import pytest

from matcher.domain.errors import InvalidValueError
from matcher.domain.policy import Policy, Sector
from matcher.domain.reference import default_sectors, read_sectors, sectors_of
from matcher.domain.vocabulary import FIELDS

HEADER = f"sector;naam;nace_bel_2025;{';'.join(FIELDS)}\n"
FITS = ";0;1;2;3;0;0;0;0;0;0;0;0"
OWN = f"{HEADER}auto;Auto's;95.3 46.7;{FITS[1:]}\nrest;Al de rest;*{FITS}\n"


def test_table_of_a_policy_is_read() -> None:
    auto, rest = read_sectors(OWN)
    assert (auto.code, auto.name, auto.nace) == ("auto", "Auto's", ("95.3", "46.7"))
    assert auto.fits == dict(zip(FIELDS, (0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0), strict=True))
    assert rest.nace == ("*",)


def test_table_as_excel_writes_it_is_read_the_same() -> None:
    assert read_sectors("\ufeff" + OWN.replace("\n", "\r\n") + f"{';' * 14}\r\n") == read_sectors(OWN)
    assert read_sectors(OWN.replace("\n", ";;\n")) == read_sectors(OWN)


def test_policy_without_a_table_has_the_product_s_own() -> None:
    own = (Sector(code="auto", name="Auto", nace=(), fits={}),)
    assert sectors_of(Policy()) == default_sectors()
    assert sectors_of(Policy(sectors=own)) == own


def test_product_s_own_table_reads_as_the_file_says() -> None:
    text = resources.files("matcher").joinpath("reference", "sector-fit.csv").read_text(encoding="utf-8")
    assert read_sectors(text) == default_sectors()
    assert [one.code for one in default_sectors()][:2] == ["chemie", "technologie"]
    assert default_sectors()[2].nace == ("43.2",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (";LO\n", "\n", "De sectortabel mist de kolom LO."),
        (OWN, "", "De sectortabel mist de kolom sector."),
        (OWN, HEADER, "De sectortabel heeft geen rijen."),
        ("auto;", ";", "Sectortabel, rij 2, kolom sector: «» moet een korte code zijn."),
        ("Al de rest", " ", "Sectortabel, rij 3, kolom naam: «» moet een naam zijn."),
        ("*;0;1;2", "*;0;1;4", "Sectortabel, rij 3, kolom BC: «4» moet 0, 1, 2 of 3 zijn."),
        ("*;0;1;2", "*;0;1;", "Sectortabel, rij 3, kolom BC: «» moet 0, 1, 2 of 3 zijn."),
        ("*;0;1;2;3;0;0;0;0;0;0;0;0", "*;0", "Sectortabel, rij 3, kolom TE: «» moet 0, 1, 2 of 3 zijn."),
        ("46.7", "G46", "Sectortabel, rij 2, kolom nace_bel_2025: «95.3 G46» moet zijn zoals 24 of 24 43.2, of *."),
        ("\nrest;", "\nAUTO;", "Sectortabel, sector AUTO: «AUTO» staat al bij een vorige sector."),
        ("Al de rest", "autos", "Sectortabel, sector rest: «autos» staat al bij een vorige sector."),
        (";*;", ";46.7;", "Sectortabel, sector rest: «46.7» staat al bij een vorige sector."),
        ("Al de rest", "x" * 200_000, "Sectortabel, rij 3: dit is geen tabel met puntkomma's."),
    ],
)
def test_table_that_can_t_be_meant_is_refused_with_the_place(old: str, new: str, message: str) -> None:
    assert OWN.count(old) == 1
    with pytest.raises(InvalidValueError) as refused:
        read_sectors(OWN.replace(old, new))
    assert str(refused.value) == message
