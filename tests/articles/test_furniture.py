"""What spares looking for page furniture in every line, beside the patterns it goes before."""

from collections.abc import Sequence

import pytest
from tests.unhinted import unhinted

from chipstance.articles.cleaning.hints import LABEL_HINTS, NOTICE_HINTS
from chipstance.articles.cleaning.notices import NOTICES
from chipstance.articles.cleaning.phrases import LABELS

HINTED = [
    *((kind, NOTICES[kind], NOTICE_HINTS[kind]) for kind in NOTICES),
    *((kind, LABELS[kind], LABEL_HINTS[kind]) for kind in LABEL_HINTS),
]
PATTERNS = [
    pytest.param(pattern, hints, id=f"{kind}-{at}")
    for kind, patterns, hints in HINTED
    for at, pattern in enumerate(patterns)
]


@pytest.mark.parametrize(("pattern", "hints"), PATTERNS)
def test_nothing_that_may_be_found_is_without_a_hint(pattern: str, hints: Sequence[str]) -> None:
    assert unhinted(pattern, hints) is None


@pytest.mark.parametrize("pattern", [each.values[0] for each in PATTERNS])
def test_what_may_be_found_is_found_out_when_its_hints_are_lost(pattern: str) -> None:
    assert unhinted(pattern, ()) is not None
