"""Rows written straight from the scorer are, to the byte, those that objects and json give."""

import csv
import io
import json
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipstance.articles.article import Article, Sentence
from chipstance.articles.tables.separated import harmless
from chipstance.companies.mention import Mention
from chipstance.models.verdicts.batch import Batch
from chipstance.models.verdicts.predicting import Predicted
from chipstance.reports.rows import lines

TEXTS = st.text('芯片跌0a"\\%,;\n\t\x01\u2028😀', min_size=1, max_size=12)
LABELS = ("bearish", '5% "up"', "{0}\n")


def batch(text: str, p: Sequence[Sequence[float]], *, as_array: bool, knows: bool) -> Batch:
    """One article of as many sentences as there are verdicts, a company in each."""
    sentences = tuple(
        Sentence(text, ((0, 10 * at),) if len(text) < 2 else ((0, 10 * at), (1, 10 * at + 3)))
        for at in range(len(p))
    )
    named = [Mention("tsmc", "2330.TW", text, 0, len(text), "name", -2.5), Mention(
        "some%one", None, "", 0, 0, "context")]  # fmt: skip
    twice = [each for each in p for _ in named]
    values, many = (np.array(p), np.array(twice)) if as_array else (p, twice)
    tasks = {"stance": Predicted(LABELS, values), "own": Predicted(LABELS, values)}
    return Batch(
        "model@1", [Article("id", "-", None, text, sentences)], [[named] * len(p)], tasks,
        Predicted(LABELS, many) if knows else None,
    )  # fmt: skip


def probabilities(weights: Sequence[int]) -> list[float]:
    return [weight / sum(weights) for weight in weights]


BATCHES = st.builds(
    batch,
    TEXTS,
    st.lists(
        st.lists(st.integers(1, 10**9), min_size=3, max_size=3).map(probabilities),
        min_size=1,
        max_size=3,
    ),
    as_array=st.booleans(),
    knows=st.booleans(),
)


@given(BATCHES)
def test_json_lines_are_what_json_makes_of_the_rows(given_batch: Batch) -> None:
    rows = [row for article in given_batch.scored() for row in article.as_rows()]
    whole = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    assert lines.jsonl([given_batch]).decode() == whole


@given(BATCHES)
def test_csv_is_what_csv_makes_of_the_rows(given_batch: Batch) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    for article in given_batch.scored():
        for row in article.as_rows():
            writer.writerow(
                json.dumps(cell, ensure_ascii=False) if isinstance(cell, dict | list)
                else harmless(cell) if isinstance(cell, str) else cell
                for cell in row.values()
            )  # fmt: skip
    assert lines.csv_lines([given_batch]).decode() == out.getvalue()


@pytest.mark.parametrize("as_array", [True, False])
def test_probabilities_have_six_digits_and_sum_to_one(as_array: bool) -> None:
    [row] = [
        json.loads(line)
        for line in lines.jsonl(
            [batch("芯", [[1 / 3, 1 / 3, 1 / 3]], as_array=as_array, knows=False)]
        ).splitlines()
    ]
    # The first of equals is the verdict, and takes up what rounding left.
    assert row["stance"] == "bearish"
    assert list(row["stance_p"].values()) == [0.333334, 0.333333, 0.333333]
    assert (row["topic"], row["topic_p"]) == (None, None)


def test_no_articles_make_no_rows() -> None:
    assert lines.jsonl([]) == lines.csv_lines([]) == b""
