"""One article in three scripts gets one verdict."""

import pytest
from bench.material import seeds
from bench.variants import FROM_SIMPLIFIED, compare

from chipstance.models.verdicts.model import Model


@pytest.fixture(scope="module")
def compared(model: Model) -> tuple:
    return compare(model, seeds()[::12])


@pytest.mark.parametrize("script", FROM_SIMPLIFIED)
def test_at_least_99_percent_of_verdicts_are_the_same_in_each_script(
    compared: tuple, script: str
) -> None:
    same, _, n = compared
    assert n > 500
    assert same[script] >= 0.99 * n
