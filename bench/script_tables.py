"""Write the tables of `articles.normalising.script` anew, out of those that OpenCC comes with.

    python -m bench.script_tables

Needs doing when a new OpenCC converts otherwise; the tests of `script` say so.
"""

import subprocess
import tempfile
from pathlib import Path

import opencc

from chipstance.articles.normalising.script import TABLES

_HOME = Path(opencc.__file__).parent / "clib"
# In the order in which tw2sp.json asks them.
_NAMES = (
    "CJK_Compatibility_Ideographs", "TSPhrases", "TWPhrasesRev", "TWVariantsRevPhrases",
    "TWVariantsRev", "TSCharactersExt", "TSCharacters",
)  # fmt: skip


def entries(name: str) -> dict[str, str]:
    """Keys of one of OpenCC's dictionaries, each with the first of its values."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as file:
        subprocess.run(
            [
                *(_HOME / "bin/opencc_dict", "-f", "ocd2", "-t", "text", "-o", file.name),
                *("-i", _HOME / "share/opencc" / f"{name}.ocd2"),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        lines = (line.rstrip("\n").split("\t") for line in file)
        return {key: values.split(" ")[0] for key, values in lines}


def main() -> None:
    """Write the file: a line with a name and keys, and one with values, for each dictionary."""
    with TABLES.open("w", encoding="utf-8") as file:
        for name in _NAMES:
            found = dict(sorted(entries(name).items()))
            alone = all(len(each) == 1 for entry in found.items() for each in entry)
            keys, values = (("" if alone else "\t").join(each) for each in (found, found.values()))
            file.write(f"{name}\t{keys}\n{values}\n")


if __name__ == "__main__":
    main()
