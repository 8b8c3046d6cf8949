"""What the names of a table are looked for by, and the same kept ready for the shipped table.

A start would spend as long on the spellings of all the names as on everything else it does with a
sentence. `spellings.txt` has them as they came out for the `table.csv` whose checksum it carries,
written by `python -m bench.spellings`; beside any other table it is passed over.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

from chipstance.articles.normalising.fold import fold
from chipstance.companies.common_words import COMMON_WORDS, word_set
from chipstance.companies.company import Company
from chipstance.companies.mention import Via
from chipstance.companies.table import SHIPPED
from chipstance.lookup import Lookup
from chipstance.patterns import lazily

KEPT = Path(__file__).with_name("spellings.txt")
_BETWEEN = lazily(r"(?<=[a-z0-9])(?=[^\W\d_a-z])|(?<=[^\W\d_a-z])(?=[a-z0-9])")
# US symbols are read as names in running text, but for these words; those of two letters where
# another symbol stands beside them or the article names the company, as MU in `NVDA、MU`.
_SYMBOL_WORDS = COMMON_WORDS | word_set(
    """
    arm are app base bill car cat coin cost crm dig docn ebay edit fold gap google has hood ibm key
    life lite love low man met one path pay pro pwr real safe sap see sky smr sun tap tel ter test
    the tri true try usa van via vis well wolf work you dis cls dell flex gen hpe dao fds mod vst
    ben amba air rms can hut mara riot owl box ui hd ms ea ma mp be ba se gm pg tt td li ko zh kc
    ge sf ry dd
    """
)
# A symbol of so few letters is doubtful.
TWO_LETTERS = 2
# A Latin name of so many letters is looked for as it is, and told by its capitals.
SHORT = 4

# Characters by which spellings are looked up.
_HEAD = 2


class Written(NamedTuple):
    """A name as the table writes it, and the place of its company in the table."""

    company: int
    via: Via
    word: str


def spellings(companies: Iterable[Company]) -> Lookup:
    """The names of companies as they are looked for, folded; a later company has a name of two.

    Returns:
        By spelling of two characters or more: place of the company, `via` and the name as the
        table writes it, with a tab between; `written_of` takes it apart.
    """
    written = [
        Written(at, *each) for at, company in enumerate(companies) for each in _writings(company)
    ]
    # One call to fold for everything: calls cost more than characters.
    keys = fold("\n".join([each.word for each in written])).split("\n")
    found: dict[str, Written] = {}
    for each, key in zip(written, keys, strict=True):
        if each.via == "ticker":
            if found.get(key, each).via == "ticker":
                found[key] = each
            continue
        for spelling in _spellings(key.rstrip("?")):
            if each.via == "name" or spelling not in found:
                found[spelling] = each
    values = {
        spelling: f"{at}\t{via}\t{word}"
        for spelling, (at, via, word) in found.items()
        if len(spelling) >= _HEAD
    }
    return Lookup.of(values, _HEAD)


def written_of(value: str) -> Written:
    """Take a value of `spellings` apart."""
    at, via, word = value.split("\t")
    return Written(int(at), next(each for each in get_args(Via) if each == via), word)


def kept() -> Lookup | None:
    """The spellings of the shipped table; None where what is kept is another table's."""
    try:
        checksum, _, found = KEPT.read_bytes().decode("utf-8").partition("\n")
    except (OSError, ValueError):
        return None
    return Lookup.parse(found, _HEAD) if checksum == _checksum() else None


def dump(found: Lookup) -> str:
    """The spellings of the shipped table as `kept` reads them."""
    return f"{_checksum()}\n{found.dump()}"


def _checksum() -> str:
    return f"{zlib.crc32(SHIPPED.read_bytes()):08x}"


def _writings(company: Company) -> Iterator[tuple[Via, str]]:
    for word in company.every_name():
        yield "name", word
    for word in company.products:
        yield "product", word
    for ticker in company.tickers:
        symbol, _, market = ticker.partition(".")
        if market == "US" and len(symbol) >= TWO_LETTERS and symbol.lower() not in _SYMBOL_WORDS:
            yield "ticker", symbol


def _spellings(key: str) -> Sequence[str]:
    if key.isascii():
        if len(key) <= SHORT:
            return (key,)
        bare = key.replace(" ", "").replace("-", "")
        spaced = key.replace("-", " ")
        return (key, bare, spaced) if len(bare) > SHORT - 1 else (key, spaced)
    if min(key) > "z":
        return (key,)
    spaced = _BETWEEN.sub(" ", key)
    return (key, spaced) if spaced != key else (key,)
