import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipstance.models.stored.saved import Saved, open_model
from chipstance.shipped import shipped

SENTENCE = "輝達財測優於預期,盤後股價大漲6%,超微卻跌3%。"
HEAVY = {"numpy", "scipy", "sklearn", "opencc", "pyarrow", "trafilatura", "daachorse"}


@pytest.fixture(scope="module")
def saved() -> Saved:
    return open_model(shipped("models/default"))


@given(
    st.lists(st.text(alphabet="芯片需求大跌涨0,。\ue000\ue002\0a\udc80𠮷", max_size=30), max_size=4)
)
def test_few_views_score_as_many_do(saved: Saved, views: list[str]) -> None:
    for view in saved.views.values():
        few, many = view.few.probabilities(views), view.scorer.probabilities(views)
        assert few.keys() == many.keys()
        for task, p in many.items():
            np.testing.assert_allclose(np.reshape(few[task], p.shape), p, atol=1e-9)


def test_a_verdict_on_one_sentence_imports_nothing_heavy() -> None:
    program = (
        "import sys\nfrom chipstance.cli.main import main\n"
        "sys.argv = ['classify', 'score', '-', '--format', 'jsonl']\n"
        "try:\n    main()\nfinally:\n"
        "    print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], input=SENTENCE.encode(), capture_output=True, check=True
    )
    assert b'"company": "nvidia"' in ran.stdout
    assert HEAVY.isdisjoint(ran.stderr.decode().split())
