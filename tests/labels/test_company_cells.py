import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipstance.labels.company_cells import company_cell, company_labels

LABELS = {"nvidia": "negative", "tsmc": "positive"}


@pytest.mark.parametrize(
    "cell",
    [
        '{"nvidia": "negative", "tsmc": "positive"}',
        "nvidia=negative; tsmc=positive",
        "nvidia:negative|tsmc:positive",
        " nvidia = negative ; tsmc = positive ; ",
        "nvidia：negative、tsmc：positive",
        "nvidia=negative\ntsmc=positive",
        {"nvidia": "negative", "tsmc": "positive", "umc": None},
        [("nvidia", "negative"), ("tsmc", "positive")],
    ],
)
def test_companies_are_read_from_every_form_people_write(cell: object) -> None:
    assert company_labels(cell, "") == LABELS


def test_an_empty_cell_is_not_labelled_and_an_empty_object_says_that_nobody_is_named() -> None:
    assert company_labels("", "") is None
    assert company_labels("{}", "") == {}


word = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(
    lambda text: text == text.strip() != ""
)


@given(st.none() | st.dictionaries(word, word))
def test_what_is_written_into_a_cell_is_read_back(companies: dict[str, str] | None) -> None:
    assert company_labels(company_cell(companies), "") == companies
