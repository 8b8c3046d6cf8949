"""Dictionaries in text, of which no more is read than is asked for.

A start asks for few words out of thousands, and to make strings of them all, and a table of these,
takes longer than all it does with a sentence. Here a line holds the words that begin alike, and is
taken apart when one of them is asked for.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Self

_BETWEEN = "\v"
# Characters of a line: a forged one would slow down every text.
_LONGEST = 20_000
_NOTHING: Mapping[str, str] = {}


class Lookup(Mapping[str, str]):
    """A dictionary whose words are found by how they begin.

    >>> words = Lookup.of({"芯片": "chip", "芯片股": "share", "股": "stock"}, 1)
    >>> words["芯片"], list(words.standing("芯片股票", 0)), list(words.standing("芯片股票", 2))
    ('chip', ['芯片股', '芯片'], ['股'])
    """

    def __init__(self, lines: Mapping[str, str], n: int) -> None:
        """Take lines as `dump` writes them, by the characters that their words begin with.

        Args:
            lines: By head.
            n: Characters of a head.
        """
        self._lines, self._n = lines, n
        self._read: dict[str, Mapping[str, str]] = {}

    @classmethod
    def of(cls, words: Mapping[str, str], n: int) -> Self:
        """Make one of a dictionary, none of whose words has fewer characters than a head."""
        self = cls({}, n)
        groups: dict[str, dict[str, str]] = {}
        for word in sorted(words, key=len, reverse=True):
            groups.setdefault(word[:n], {})[word] = words[word]
        self._read.update(groups)
        self._lines = dict.fromkeys(groups, "")
        return self

    @classmethod
    def parse(cls, text: str, n: int) -> Self:
        """Read what `dump` writes.

        Raises:
            ValueError: It is none of that, or more words begin alike than any dictionary has.
        """
        lines = {line[:n]: line for line in text.split("\n")} if text else {}
        if any(line.count(_BETWEEN) % 2 == 0 or len(line) > _LONGEST for line in lines.values()):
            raise ValueError("a line without words and their values")
        if any(_BETWEEN in head for head in lines):
            raise ValueError("a word that is too short")
        return cls(lines, n)

    def dump(self) -> str:
        """As text: a line for each head, in it words and their values in turn, the longest first.

        Raises:
            ValueError: `parse` would refuse it: a word or a value has a character that stands
                between them, or too many words begin alike.
        """
        if any(mark in cell for entry in self.items() for cell in entry for mark in "\n\v"):
            raise ValueError("a word or a value has a line break in it")
        groups = (self.beginning(head).items() for head in sorted(self._lines))
        lines = [_BETWEEN.join(cell for entry in group for cell in entry) for group in groups]
        if any(len(line) > _LONGEST for line in lines):
            raise ValueError("too many words begin alike")
        return "\n".join(lines)

    def beginning(self, head: str) -> Mapping[str, str]:
        """The words that begin with a head, the longest first, and their values."""
        read = self._read.get(head)
        if read is None:
            line = self._lines.get(head)
            if line is None:
                return _NOTHING
            cells = line.split(_BETWEEN)
            read = self._read[head] = dict(zip(cells[::2], cells[1::2], strict=True))
        return read

    def standing(self, text: str, at: int) -> Iterator[str]:
        """The words that stand at a place of a text, the longest first."""
        for word in self.beginning(text[at : at + self._n]):
            if text.startswith(word, at):
                yield word

    def __getitem__(self, word: str) -> str:
        return self.beginning(word[: self._n])[word]

    def groups(self) -> Iterator[Mapping[str, str]]:
        """The words that begin alike and their values, head by head."""
        return map(self.beginning, self._lines)

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(self.groups())

    def __len__(self) -> int:
        return sum(map(len, self.groups()))

    def __bool__(self) -> bool:
        return bool(self._lines)
