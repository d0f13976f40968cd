"""Is whatever somebody uploads answered with findings, and never with an exception?"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.intake.cohort.rounds import Cohort, read_cohort
from tests.bad_inputs.cohorts import cohort_files

FILES = cohort_files()
PIECES = st.sampled_from(
    [
        *(
            b";",
            b",",
            b'"',
            b"\n",
            b"\r",
            b"\0",
            b"\xff\xfe",
            b"#REF!",
            b"\xe2\x80\xae",
            b"\xed\xa0\x80",
            b"-1",
            b"1e999",
        ),
        *(b"NaN", b"\xc2\xa0", b"postcode", b"9000,5", b"<", b"PK\x03\x04", b"sep=;\n", b"99999999999999999999", b"="),
    ]
)


def told_well(cohort: Cohort) -> None:
    """Check that every finding says where and what to do, and that errors stop."""
    for finding in cohort.findings:
        assert finding.message
        assert finding.remedy
        assert str(finding).startswith(finding.file)
        assert len(finding.value or "") <= 80
    assert (cohort.given is None) == (cohort.counts.errors > 0)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.dictionaries(st.text(max_size=12), st.binary(max_size=200), max_size=3))
def test_random_files_are_findings(files: dict[str, bytes]) -> None:
    told_well(read_cohort({name: one for name, one in files.items() if not one.startswith(b"PK\x03\x04")}))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(FILES)), st.lists(st.tuples(st.floats(0, 1), PIECES, st.integers(0, 20)), max_size=6))
def test_good_file_with_pieces_replaced_is_read_or_told(name: str, changes: list[tuple[float, bytes, int]]) -> None:
    content = FILES[name]
    for share, piece, cut in changes:
        place = int(share * len(content))
        content = content[:place] + piece + content[place + cut :]
    told_well(read_cohort(FILES | {name: content}))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.binary(max_size=120) | st.text(max_size=120).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_policy_is_read_or_told(content: bytes) -> None:
    told_well(read_cohort(FILES | {"beleid.toml": content}))
