"""Traditional to Simplified with the mainland's terms, for a text or two.

This is what OpenCC does by its `tw2sp`, from the same tables, in Python. OpenCC itself converts a
batch many times faster, but importing it takes as long as a whole start may. `script_tables.txt`
has OpenCC's dictionaries (Apache License 2.0), written by `python -m bench.script_tables`.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

TABLES = Path(__file__).parent / "terms" / "script_tables.txt"
_TERMS = Path(__file__).parent / "terms" / "terms.txt"
# Code point by code point, for `str.translate`.
Characters = dict[int, int]


class Replacer:
    """Replaces phrases, from left to right the longest at each place."""

    def __init__(self, phrases: Sequence[Mapping[str, str]], characters: Characters) -> None:
        """Take dictionaries.

        Args:
            phrases: Of several the first that has anything at a place decides there.
            characters: For single characters in what no phrase has taken.
        """
        # Each dictionary with the length of its longest key by first character.
        self._phrases = [
            (each, {key[0]: len(key) for key in sorted(each, key=len)}) for each in phrases
        ]
        self._heads = frozenset[str]().union(*(longest for _, longest in self._phrases))
        self._characters = characters

    def replace(self, text: str) -> str:
        """The text with every phrase and character replaced."""
        parts, free = [], 0
        for start, end, value in self._found(text):
            parts += [text[free:start].translate(self._characters), value]
            free = end
        return "".join([*parts, text[free:].translate(self._characters)])

    def segments(self, text: str) -> Iterator[str]:
        """The text in pieces: each phrase, and each stretch between two of them."""
        free = 0
        for start, end, _ in self._found(text):
            if start > free:
                yield text[free:start]
            yield text[start:end]
            free = end
        yield text[free:]

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        heads, free = self._heads, 0
        for at, char in enumerate(text):
            if char in heads and at >= free:
                value = self._longest(text, at)
                if value is not None:
                    free = at + len(value[0])
                    yield at, free, value[1]

    def _longest(self, text: str, at: int) -> tuple[str, str] | None:
        for dictionary, longest in self._phrases:
            for length in range(longest.get(text[at], 0), 0, -1):
                key = text[at : at + length]
                if key in dictionary:
                    return key, dictionary[key]
        return None


def to_simplified(text: str) -> str:
    """Convert as OpenCC's `tw2sp` does.

    >>> to_simplified("記憶體與軟體")
    '内存与软件'
    """
    compatible, phrases, terms, last = _stages()
    text = text.translate(compatible)
    return "".join([last.replace(terms.replace(each)) for each in phrases.segments(text)])


def unify_terms(text: str) -> str:
    """Bring the trade's terms, in Simplified, to one of each."""
    return _trade().replace(text)


@cache
def tables() -> dict[str, tuple[str, str]]:
    """OpenCC's dictionaries by name: keys, and their values in the same order.

    Characters stand one behind the other, phrases with tabs between.
    """
    lines = iter(TABLES.read_bytes().decode("utf-8").split("\n"))
    named = (line.partition("\t") for line in lines)
    return {name: (keys, next(lines)) for name, _, keys in named if name}


@cache
def simplified() -> Characters:
    """Simplified characters by Traditional ones."""
    return _characters("TSCharacters") | _characters("TSCharactersExt")


@cache
def compatible() -> Characters:
    """Plain characters by those that Unicode has for compatibility."""
    return _characters("CJK_Compatibility_Ideographs")


def _characters(name: str) -> Characters:
    return str.maketrans(*tables()[name])


def _phrases(name: str) -> dict[str, str]:
    keys, values = tables()[name]
    return dict(zip(keys.split("\t"), values.split("\t"), strict=True))


@cache
def _stages() -> tuple[Characters, Replacer, Replacer, Replacer]:
    phrases = _phrases("TSPhrases")
    terms = [_phrases("TWPhrasesRev"), _phrases("TWVariantsRevPhrases")]
    return (
        compatible(),
        Replacer([phrases], {}),
        Replacer(terms, _characters("TWVariantsRev")),
        Replacer([phrases], simplified()),
    )


@cache
def _trade() -> Replacer:
    lines = _TERMS.read_bytes().decode("utf-8").split("\n")
    entries = (line.split("\t") for line in lines if "\t" in line)
    return Replacer([{key: values.split(" ")[0] for key, values in entries}], {})
