"""The sentences that say most for and against each company."""

from typing import Any

import numpy as np

from chipstance.reports.sums.archive import Ints
from chipstance.reports.sums.few import SENTIMENTS
from chipstance.reports.sums.grouping import group_records
from chipstance.reports.sums.selection import Selection

Evidence = dict[str, dict[str, list[dict[str, Any]]]]
SIDES = {"for": "positive", "against": "negative"}
_DIGITS = 4


def find_evidence(selection: Selection, most: int) -> Evidence:
    """Choose sentences; the higher probability times relevance the better, one of each story.

    Args:
        selection: What is chosen.
        most: How many for each company and side.

    Returns:
        By company, `for` and `against`, each sentence as in the docstring of `summary`, strongest
        first.
    """
    archive = selection.archive
    records = group_records(selection, "company")
    mention = records.mention[records.counted[records.record]]
    evidence: Evidence = {
        archive.companies[at]: {side: [] for side in SIDES}
        for at in np.unique(archive.mentions.company[mention]).tolist()
    }
    for side, label in SIDES.items():
        chosen = mention[archive.mentions.label[mention] == archive.code(label)]
        p = getattr(archive.mentions, label)[chosen]
        strength = np.round(p * selection.relevance[chosen], 6)
        company = archive.mentions.company[chosen]
        order = np.lexsort((chosen, -strength, company))
        starts = np.flatnonzero(np.diff(company[order], prepend=-1))
        for ranked in np.split(chosen[order], starts[1:]) if len(chosen) else ():
            name = archive.companies[int(archive.mentions.company[ranked[0]])]
            evidence[name][side] = [
                _sentence(selection, at) for at in _strongest(selection, ranked, most)
            ]
    return evidence


def _strongest(selection: Selection, ranked: Ints, most: int) -> list[int]:
    """The first few that neither a story nor a sentence has twice."""
    sentences = selection.archive.sentences
    found: list[int] = []
    seen: set[tuple[str, int]] = set()
    for at in ranked.tolist():
        sentence = selection.archive.mentions.sentence[at]
        story = int(selection.stories.story[sentences.article[sentence]])
        keys = {("story", story), ("digest", int(sentences.digest[sentence]))}
        if not keys & seen:
            found.append(at)
            seen |= keys
        if len(found) == most:
            break
    return found


def _sentence(selection: Selection, at: int) -> dict[str, Any]:
    archive, stories = selection.archive, selection.stories
    mentions, sentences = archive.mentions, archive.sentences
    sentence = int(mentions.sentence[at])
    number = int(sentences.article[sentence])
    article = archive.articles[number]

    def label(code: int) -> str | None:
        return archive.labels[code] if code >= 0 else None

    move, start = float(mentions.move[at]), int(mentions.start[at])
    return {
        "text": archive.texts.get(int(sentences.text[sentence])),
        "source": article.source,
        "title": article.title,
        "published": article.published,
        "article": article.id,
        "story": archive.articles[int(stories.story[number])].id,
        "novelty": round(float(stories.novelty[number]), _DIGITS),
        "relevance": int(selection.relevance[at]),
        "label": label(int(mentions.label[at])),
        "p": {each: round(float(getattr(mentions, each)[at]), _DIGITS) for each in SENTIMENTS},
        "move_pct": None if np.isnan(move) else move,
        "stance": label(int(sentences.stance[sentence])),
        "topic": label(int(sentences.topic[sentence])),
        "hype": label(int(sentences.hype[sentence])),
        "mention": None if start < 0 else [start, int(mentions.end[at])],
        "words": None,
    }
