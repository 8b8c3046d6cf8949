"""Explanations as text and as JSON."""

import json
from collections.abc import Sequence

from chipstance.articles.article import Sentence
from chipstance.models.verdicts.explaining import Explanation, Word
from chipstance.printable import printable_json, printable_lines

Explained = Sequence[tuple[Sentence, Sequence[Explanation]]]
# Below this a word's share is not worth a reader's time.
_LEAST = 0.01


def as_json(explained: Explained) -> str:
    """One object a line for each sentence, with every word's share in every verdict."""
    lines = (
        json.dumps(
            {"text": sentence.text, "verdicts": [_verdict(each) for each in explanations]},
            ensure_ascii=False,
        )
        for sentence, explanations in explained
    )
    return printable_json("\n".join(lines))


def _verdict(explanation: Explanation) -> dict[str, object]:
    return {
        "task": explanation.task,
        "company": explanation.company,
        "label": explanation.label,
        "p": {label: round(p, 6) for label, p in explanation.p.items()},
        "intercept": round(explanation.intercept, 6),
        "words": [
            {"text": word.text, "start": word.start, "share": round(word.share, 6)}
            for word in explanation.words
        ],
    }


def as_text(explained: Explained, top: int) -> str:
    """For people: each sentence, its verdicts, and the words that moved each most.

    Args:
        explained: Sentences with the explanations of their verdicts.
        top: How many words to show for each verdict.
    """
    lines: list[str] = []
    for sentence, explanations in explained:
        lines += [sentence.text, ""]
        for explanation in explanations:
            what = explanation.company or explanation.task
            p = explanation.p[explanation.label]
            lines.append(f"  {what}: {explanation.label} {p:.0%}")
            lines.append("    " + ("  ".join(_strongest(explanation.words, top)) or "(no word)"))
        lines.append("")
    return printable_lines(lines).rstrip()


def _strongest(words: Sequence[Word], top: int) -> list[str]:
    strongest = sorted(words, key=lambda word: -abs(word.share))[:top]
    return [
        # A blank that moved a verdict is shown as one that can be seen.
        f"{word.text if word.text.strip() else '␣'} {word.share:+.2f}"
        for word in strongest
        if abs(word.share) >= _LEAST
    ]
