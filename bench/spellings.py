"""Write the spellings of the shipped company table anew.

    python -m bench.spellings

Needs doing when `companies/table.csv` or how names are spelled has changed; a test says so.
"""

from chipstance.companies.names.spellings import KEPT, dump, spellings
from chipstance.companies.table import SHIPPED, read_companies


def main() -> None:
    """Write the file."""
    KEPT.write_text(
        dump(spellings(read_companies(SHIPPED).values())), encoding="utf-8", newline="\n"
    )


if __name__ == "__main__":
    main()
