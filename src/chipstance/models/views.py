"""Views: the strings in which features are counted.

A view is a string, and its features are the n-grams of that string. What is not text (which
company is meant, what stands before it) becomes text too: a mask character for a name, another
block of Unicode for the same characters in another place. So one vectoriser, one trie and one
explanation serve every task.
"""

from collections.abc import Sequence
from typing import Protocol

from chipstance.articles.normalise import normalise, strip_invisible

TARGET = "\ue000"
OTHER = "\ue001"
# n-grams across it are not counted.
SEPARATOR = "\0"
# The same character before the target in its clause, and after it, is another feature there.
_BEFORE, _AFTER = 0xF0000, 0x100000
_CLAUSE_ENDS = ",;:。!?"


class Span(Protocol):
    """Where a company is named in a sentence."""

    @property
    def company(self) -> str:
        """Id of the company."""

    @property
    def start(self) -> int:
        """Position of the first character."""

    @property
    def end(self) -> int:
        """Position after the last character."""


def sentence_view(text: str, mentions: Sequence[Span]) -> str:
    """What the sentence tasks see: the normal form, every company as one mask.

    Args:
        text: The sentence as published.
        mentions: The companies in it, not overlapping.
    """
    return normalise(_masked(text, mentions, None))


def mention_view(text: str, mentions: Sequence[Span], company: str) -> str:
    """What the company task sees: the sentence as one company sees it.

    Args:
        text: The sentence as published.
        mentions: The companies in it, not overlapping.
        company: Id of the one in question; its mentions get a mask of their own.

    Returns:
        The normal form of the sentence; then, each behind a `SEPARATOR`, what stands before
        the company in its clause and what stands after it, in Unicode blocks of their own.
    """
    whole = normalise(_masked(text, mentions, company))
    before, after = [], []
    for clause in _clauses(whole):
        head, found, tail = clause.partition(TARGET)
        if found:
            before.append(_moved(head + TARGET, _BEFORE))
            after.append(_moved(TARGET + tail, _AFTER))
    return SEPARATOR.join([whole, *before, *after])


def origins(view: str) -> list[int]:
    """Where each character of a view stands in its first part, the sentence itself.

    Args:
        view: A sentence view or a mention view.

    Returns:
        Positions, `(n_characters,)`; -1 for a separator.
    """
    whole, *parts = view.split(SEPARATOR)
    found = list(range(len(whole)))
    before, after = parts[: len(parts) // 2], parts[len(parts) // 2 :]
    clauses, at = [], 0
    for clause in _clauses(whole):
        if TARGET in clause:
            clauses.append((at, at + clause.index(TARGET)))
        at += len(clause) + 1
    for part, (start, _) in zip(before, clauses, strict=True):
        found += [-1, *range(start, start + len(part))]
    for part, (_, target) in zip(after, clauses, strict=True):
        found += [-1, *range(target, target + len(part))]
    return found


def _masked(text: str, mentions: Sequence[Span], target: str | None) -> str:
    parts, at = [], 0
    for mention in sorted(mentions, key=lambda mention: mention.start):
        parts.append(strip_invisible(text[at : mention.start]))
        parts.append(TARGET if mention.company == target else OTHER)
        at = mention.end
    parts.append(strip_invisible(text[at:]))
    return "".join(parts)


def _clauses(text: str) -> list[str]:
    for end in _CLAUSE_ENDS[1:]:
        text = text.replace(end, _CLAUSE_ENDS[0])
    return text.split(_CLAUSE_ENDS[0])


def _moved(text: str, block: int) -> str:
    return "".join(chr(block + min(ord(char), 0xFFFF)) for char in text)
