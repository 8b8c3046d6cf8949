"""The sentences that are hard to read, on which nothing is to be learned."""

from bench.hard import judged_by, read, summary
from bench.material import ROOT

from chipstance.labels.likeness import near_duplicates
from chipstance.labels.reading import read_labels
from chipstance.models.verdicts.model import Model


def test_none_of_them_is_learned_from_nor_nearly() -> None:
    hard = read("settled")
    learned = read_labels([ROOT / "labels"])
    texts = {row.text for row in hard}
    assert not [row.where for row in learned if row.text in texts]
    assert not [one for one in near_duplicates([*learned, *hard]) if "hard" in one.row.where]


def test_both_readings_are_of_all_of_them() -> None:
    settled, first, second = map(read, ("settled", "first", "second"))
    assert [row.text for row in settled] == [row.text for row in first]
    assert [row.text for row in settled] == [row.text for row in second]
    for row, one, other in zip(settled, first, second, strict=True):
        for task, label in row.labels.items():
            assert label in (one.labels[task], other.labels[task]), row.text


def test_the_page_on_quality_has_the_figures_of_the_shipped_model(model: Model) -> None:
    settled = read("settled")
    page = (ROOT / "docs" / "quality.md").read_text("utf-8")
    for line in summary(judged_by(model, settled), settled):
        assert line in page
