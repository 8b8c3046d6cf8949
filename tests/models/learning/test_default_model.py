"""The shipped model is what `classify train` makes of the shipped labels."""

import numpy as np
import pytest

from chipstance.companies.linking import Linker
from chipstance.companies.table import load_table
from chipstance.labels.reading import read_labels
from chipstance.labels.rows import LabelRow
from chipstance.models.features.views import Views
from chipstance.models.learning.examples import link_rows, mention_examples, sentence_examples
from chipstance.models.learning.material import fictional_companies
from chipstance.models.learning.whole import labels_digest, train
from chipstance.models.learning.writing import write_model
from chipstance.models.stored.saved import open_model
from chipstance.models.verdicts.model import Model
from chipstance.shipped import shipped


@pytest.fixture(scope="module")
def rows() -> list[LabelRow]:
    return read_labels([shipped("labels")])


def test_its_manifest_names_the_labels_it_was_made_of(model: Model, rows: list[LabelRow]) -> None:
    assert model.manifest["labels_digest"] == labels_digest(rows)
    assert model.manifest["rows"] == len(rows)


def test_training_on_the_labels_again_makes_the_same_model(
    rows: list[LabelRow], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("again") / "default"
    linker = Linker(load_table(*fictional_companies([shipped("labels")])))
    write_model(folder, train(rows, linker, name="default"))
    again, shipped_model = open_model(folder), open_model(shipped("models/default"))
    assert again.lexicon == shipped_model.lexicon
    assert again.manifest["parameters"] == shipped_model.manifest["parameters"]
    views, some = Views(again.lexicon), rows[::40]
    mentions = link_rows(some, linker)
    examples = {
        "sentence": sentence_examples(some, mentions, views),
        "mention": mention_examples(some, mentions, views),
    }
    for view, made in examples.items():
        for name in ("alphabet", "nodes"):
            ours = np.load(folder / f"{view}.{name}.npy")
            theirs = np.load(shipped("models/default") / f"{view}.{name}.npy")
            np.testing.assert_array_equal(ours, theirs)
        texts = [example.view for example in made]
        ours_p = again.views[view].scorer.probabilities(texts)
        theirs_p = shipped_model.views[view].scorer.probabilities(texts)
        assert ours_p.keys() == theirs_p.keys()
        for task, p in theirs_p.items():
            # Other machines add up in another order; the solver stops within this of the optimum.
            np.testing.assert_allclose(ours_p[task], p, atol=2e-3)
