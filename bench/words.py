"""Write the list of short words anew, from the dictionary that jieba comes with.

python -m bench.words
"""

from pathlib import Path

import jieba

from chipstance.articles.normalising.fold import fold, is_han
from chipstance.companies.names.dictionary import KEPT, LENGTHS


def main() -> None:
    """Write the file."""
    entries = Path(jieba.__file__).with_name("dict.txt").read_text("utf-8").splitlines()
    words = sorted({entry.split(" ")[0] for entry in entries})
    known = [word for word in words if all(map(is_han, word)) and fold(word) == word]
    lines = ("".join(word for word in known if len(word) == length) for length in LENGTHS)
    KEPT.write_text("\n".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
