"""What spares looking for page furniture in every line, beside the patterns it goes before."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chipstance.articles.cleaning.notices import NOTICE_HINTS, NOTICES

PATTERNS = [(kind, pattern) for kind, patterns in NOTICES.items() for pattern in patterns]


@pytest.mark.parametrize(
    ("kind", "pattern"), PATTERNS, ids=[f"{kind}-{at}" for at, (kind, _) in enumerate(PATTERNS)]
)
def test_no_notice_is_without_a_hint_of_its_kind(kind: str, pattern: str) -> None:
    @settings(max_examples=60, deadline=None, database=None)
    @given(st.from_regex(pattern, fullmatch=True))
    def check(text: str) -> None:
        assert re.search(NOTICE_HINTS[kind], text)

    check()
