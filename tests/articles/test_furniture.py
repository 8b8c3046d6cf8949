"""What spares looking for page furniture in every line, beside the patterns it goes before."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
def test_nothing_that_is_found_is_without_a_hint(pattern: str, hints: Sequence[str]) -> None:
    # What a pattern says of what must not follow is only known when a text is made.
    suppressed = [HealthCheck.filter_too_much]

    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=suppressed)
    @given(st.from_regex(pattern, fullmatch=True))
    def check(text: str) -> None:
        assert any(hint in text for hint in hints)

    check()
