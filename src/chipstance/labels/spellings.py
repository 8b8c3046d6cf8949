"""Labels that are perhaps another one written otherwise: `Bullish` and `bulish` beside `bullish`.

A model learns each as a label of its own, which hardly anybody wants. Whether a label is one of
the guide's is not asked here, as tasks and labels are up to who trains.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from rapidfuzz.distance import OSA

from chipstance.articles.normalising.fold import fold
from chipstance.labels.counts import COMPANIES, label_counts
from chipstance.labels.rows import LabelRow
from chipstance.printable import counted, listed

# Lines of a task, and labels in a line.
_MOST = 5
# Of words with fewer letters many are one letter from another: cost and post.
_LEAST_LETTERS = 5
# A slip is so many times rarer than the label that was meant; macro and micro are both wanted.
_RARER = 5
# Written or left out as one likes. The minus of -1 is not, and the plus of B+ neither.
_BETWEEN = re.compile(r"[\s_]+|(?<=[^\W\d])-(?=[^\W\d])|^['\"]+|['\".,;]+$")


def doubtful(rows: Sequence[LabelRow]) -> Iterator[str]:
    """Say which labels look like another one of their task, and which a single row has.

    Args:
        rows: Label rows.

    Yields:
        A line for each that looks like another one, and one for the others of a task.
    """
    for task, counts in label_counts(rows).items():
        places, meant = _places(rows, task), _meant(counts)
        for label, like in islice(meant.items(), _MOST):
            yield (
                f"{places[label]}: {task} {label!r} ({counted(counts[label], 'row')}) looks like"
                f" {like!r} ({counted(counts[like], 'row')}); they are learned as two labels"
            )
        if (rest := len(meant) - _MOST) > 0:
            yield f"{task}: {counted(rest, 'label')} more that look like another one"
        single = [label for label, n in counts.items() if n == 1 and label not in meant]
        if single:
            named = listed([f"{label!r} ({places[label]})" for label in single], _MOST)
            yield f"{task}: in a single row each, too few to learn from: {named}"


def _places(rows: Sequence[LabelRow], task: str) -> dict[str, str]:
    """Where each label of a task is first given."""
    places: dict[str, str] = {}
    for row in rows:
        given = (row.companies or {}).values() if task == COMPANIES else [row.labels.get(task, "")]
        for label in given:
            places.setdefault(label, row.where)
    return places


def _meant(counts: Mapping[str, int]) -> dict[str, str]:
    """The label that each one looks like, the commonest where they are several."""
    spelt: dict[str, list[str]] = {}
    for label in counts:
        spelt.setdefault(_key(label), []).append(label)
    found = {}
    for key, labels in spelt.items():
        near = [each for other in spelt if one_letter_off(key, other) for each in spelt[other]]
        for label in labels:
            slips = [other for other in near if counts[other] >= _commoner(counts[label])]
            commonest = max([*labels, *slips], key=lambda each: (counts[each], each))
            if commonest != label:
                found[label] = commonest
    return found


def _commoner(n: int) -> int:
    """Rows that a label needs for one of `n` rows to be taken for a slip of it."""
    return 2 if n == 1 else n * _RARER


def _key(label: str) -> str:
    """What is left of a label where capitals, width, script and spaces say nothing."""
    return _BETWEEN.sub("", fold(label).strip().casefold()) or label


def one_letter_off(one: str, other: str) -> bool:
    """Whether a Latin word is another one with a letter left out, added, changed or swapped.

    >>> one_letter_off("bulish", "bullish"), one_letter_off("netural", "neutral")
    (True, True)
    >>> one_letter_off("up", "us"), one_letter_off("class1", "class2")
    (False, False)
    """
    if max(len(one), len(other)) < _LEAST_LETTERS:
        return False
    if not all(word.isascii() and word.isalpha() for word in (one, other)):
        return False
    return OSA.distance(one, other, score_cutoff=1) == 1
