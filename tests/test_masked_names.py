"""A verdict is about what is said, not about who is named."""

from bench.masked_names import changes, sample

from chipstance.models.verdicts.model import Model
from chipstance.shipped import shipped


def test_at_most_2_percent_of_verdicts_change_when_every_company_has_an_invented_name() -> None:
    model = Model(shipped("models/default"), context=False)
    counts = changes(model, sample(18), unknown=False)
    for task in ("stance", "topic", "hype", "sentiment"):
        assert counts[task] > 200
        assert counts[f"{task} changed"] <= 0.02 * counts[task]
