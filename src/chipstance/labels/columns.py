"""What the columns of a file of labels are: which holds the text, and which are tasks."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from chipstance.articles.dates import from_cell
from chipstance.articles.tables.columns import bare, known_as, names_of
from chipstance.callbacks import Say
from chipstance.errors import LabelError
from chipstance.labels.company_cells import company_labels
from chipstance.labels.guide import GUIDE_LABELS, GUIDE_SENTIMENTS
from chipstance.labels.rows import as_label, is_task
from chipstance.printable import listed

TEXT, ARTICLE, COMPANIES, COMPANY, SENTIMENT = (
    "text", "article", "companies", "company", "sentiment",
)  # fmt: skip
# In the form of `bare`. 文章 may as well be the text itself.
_ARTICLE_NAMES = ("article", "articleid", "docid", "document", "文章", "文章编号", "篇名")
# Names that mean the text where no column is called so, the likeliest first; what tables of
# articles call theirs is more than its headline.
_TEXT_NAMES = (
    "sentence", "句子", "文本", *(name for name in names_of("text") if name not in _ARTICLE_NAMES),
    "contents", "review", "comment", "post", "tweet", "评论", "新闻", "headline", "title", "标题",
)  # fmt: skip
# Written in any case they mean what they mean here.
_KNOWN = frozenset({TEXT, ARTICLE, COMPANIES, "stance", "topic", "hype"})
# A column of text is longer than any label in the mean, and hardly ever says the same twice.
_TEXT_LENGTH, _TEXT_DISTINCT = 10, 0.5
# Nobody tells more labels apart; a column with more values is one of names, times or the like,
# unless many rows have each. Of hundreds, learning which takes gigabytes, one has to say so.
_MANY_LABELS, _LABEL_SHARE, _MOST_LABELS = 50, 0.2, 200
# Of fewer rows the labels, such as 1 to 5, may stand in their order by chance.
_FEW_ROWS = 6
_WHOLE = re.compile(r"[0-9]{1,18}")
# Columns that a line names at most.
_MOST_LISTED = 12


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of one file mean.

    Attributes:
        names: The file's name of a column by ours: `text`, `article`, `companies` and tasks.
        tasks: Ours, of those that are tasks.
        pair: The file's columns of a company and its sentiment, where each row is about one.
        there: All columns of the file, by its names.
    """

    names: Mapping[str, str]
    tasks: frozenset[str]
    pair: tuple[str, str] | None = None
    there: Sequence[str] = ()

    def renamed(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """A record by our names; what is neither text nor label keeps its own."""
        ours = {theirs: name for name, theirs in self.names.items()}
        return {
            ours.get(theirs, theirs): value
            for theirs, value in record.items()
            # A column that another one stands for here would only be in its way.
            if theirs in ours or theirs not in self.names
        }


def understand(
    records: Sequence[Mapping[str, Any]],
    wanted: Mapping[str, str],
    known: Collection[str] | None,
    notes: Say,
) -> Columns:
    """Find out what the columns of a file are.

    Args:
        records: Its rows.
        wanted: Column by our name, as the user gave it: `text`, `article`, `companies`,
            `company` and `sentiment`, or a task. Where it names a task, no other column is one.
        known: What alone may be a task where `wanted` names none; None for any column.
        notes: Told what was guessed, and which columns were left out.

    Raises:
        LabelError: A column that is wanted is missing, what it is to be can be no task, or no
            column is plainly the text.
    """
    found = columns_of(records)
    names = _by_our_names(found, wanted)
    if TEXT not in names:
        names[TEXT] = text_column(records, wanted)
        notes(f"the text is taken from column {names[TEXT]!r}")
    free = [name for name in found if name not in (names[TEXT], *wanted.values())]
    article = next((name for name in free if bare(name) in _ARTICLE_NAMES), None)
    if ARTICLE not in names and article is not None:
        names[ARTICLE] = article
    pair = None
    if COMPANIES not in names and COMPANY in names and SENTIMENT in names:
        pair = names[COMPANY], names[SENTIMENT]
    if COMPANIES not in names and pair is None:
        named = _companies_column(records, [name for name in free if name != article])
        if named is not None:
            names[COMPANIES] = named
            notes(f"the companies are taken from column {named!r}")
    taken = {names[TEXT], names.get(ARTICLE), names.get(COMPANIES), *(pair or ())}
    not_tasks = {TEXT, ARTICLE, COMPANIES, *((COMPANY, SENTIMENT) if pair else ())}
    tasks = wanted.keys() - not_tasks or _guessed_tasks(records, names, taken, known, notes)
    keep = {name: theirs for name, theirs in names.items() if name in tasks or theirs in taken}
    return Columns(keep, frozenset(tasks), pair, found)


def _by_our_names(found: Sequence[str], wanted: Mapping[str, str]) -> dict[str, str]:
    """The file's names of columns by ours: as the user gave them, else as they are written.

    Raises:
        LabelError: A column that is wanted is missing, or what it is to be can be no task.
    """
    names = {name.lower() if name.lower() in _KNOWN else name: name for name in reversed(found)}
    for ours, theirs in wanted.items():
        if ours not in _KNOWN and not is_task(ours):
            raise LabelError(f"{ours}: no name for a task; call it otherwise: NAME={theirs}")
        if theirs in found:
            names[ours] = theirs
        elif ours not in names:
            raise LabelError(no_column(theirs, found))
    return names


def columns_of(records: Iterable[Mapping[str, Any]]) -> list[str]:
    """The columns that rows have, each once."""
    return list(dict.fromkeys(name for record in records for name in record))


def no_column(name: str, found: Sequence[str]) -> str:
    """What to say of a column that is wanted and not among those found."""
    return f"no column {name!r}; there are {listed(found, _MOST_LISTED)}"


def _guessed_tasks(
    records: Sequence[Mapping[str, Any]],
    names: Mapping[str, str],
    taken: Collection[str | None],
    known: Collection[str] | None,
    notes: Say,
) -> set[str]:
    """Every column that is nothing else and has no more values than labels could be."""
    tasks = {name for name, theirs in names.items() if theirs not in taken and _plausible(name)}
    if known is not None:
        return tasks.intersection(known)
    about = {name for name in tasks if _is_known(names[name], records)}
    if about:
        notes(f"known as what articles say, and no task: {listed(sorted(about), _MOST_LISTED)}")
        tasks -= about
    for name in sorted(tasks):
        cells = [record.get(names[name]) for record in records]
        if _numbers_rows(cells):
            tasks.remove(name)
            notes(f"column {names[name]!r} is no task: it numbers the rows")
        elif (n := _too_many(cells)) is not None:
            tasks.remove(name)
            notes(f"column {names[name]!r} is no task: it has {n} different values")
    if own := sorted(tasks - GUIDE_LABELS.keys()):
        missing = [task for task in GUIDE_LABELS if task not in tasks]
        which = " or ".join(missing)
        hint = f"; if one is {which}, say so: --column {missing[0]}=COLUMN" if missing else ""
        notes(f"taken for tasks of its own: {listed(own, _MOST_LISTED)}{hint}")
    return tasks


def _is_known(name: str, records: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column holds the headline, day, publisher or text of articles, as `score` reads it.

    A word such as news or time may be the name of a task as well, which its cells show.
    """
    cells = [record.get(name) for record in records]
    match known_as(name):
        case "published":
            return any(from_cell(cell) for cell in cells)
        case "text":
            return _is_text(cells)
        case known:
            return known is not None


def _plausible(name: str) -> bool:
    return is_task(name.lower()) and bool(name) and not name.startswith(("Unnamed:", "__index"))


def text_column(records: Sequence[Mapping[str, Any]], wanted: Mapping[str, str]) -> str:
    """The column that plainly holds the text where none is called so.

    Args:
        records: The rows.
        wanted: Columns that are something else already, by our name.

    Raises:
        LabelError: There is none, or several.
    """
    found = columns_of(records)
    free = [name for name in found if name not in wanted.values()]
    for known in _TEXT_NAMES:
        for name in free:
            if bare(name) == known:
                return name
    texts = [name for name in free if _is_text([record.get(name) for record in records])]
    if len(texts) != 1:
        example = free[0] if free else "NAME"
        raise LabelError(
            f"no column named text; say which holds it, as in --column text={example}"
            f" (columns: {listed(found, _MOST_LISTED)})"
        )
    return texts[0]


def _is_text(values: Iterable[object]) -> bool:
    texts = [value for value in values if isinstance(value, str) and value.strip()]
    return (
        bool(texts)
        and sum(map(len, texts)) >= _TEXT_LENGTH * len(texts)
        and len(set(texts)) >= _TEXT_DISTINCT * len(texts)
    )


def _companies_column(records: Sequence[Mapping[str, Any]], free: Sequence[str]) -> str | None:
    """The first of columns that could be tasks by their names and give companies sentiments."""
    plausible = filter(_plausible, free)
    return next((name for name in plausible if _are_companies(r.get(name) for r in records)), None)


def _are_companies(cells: Iterable[object]) -> bool:
    """Whether cells give companies sentiments of the guide, and some cell does."""
    try:
        found = [company_labels(cell, "") or {} for cell in cells]
    except LabelError:
        return False
    return any(found) and all(GUIDE_SENTIMENTS.issuperset(each.values()) for each in found)


def _too_many(values: Iterable[object]) -> int | None:
    """How many different values there are, where they are too many for labels."""
    given = [str(value) for value in values if as_label(value) != ""]
    n = len(set(given))
    return n if n > min(max(_MANY_LABELS, _LABEL_SHARE * len(given)), _MOST_LABELS) else None


def _numbers_rows(cells: Sequence[object]) -> bool:
    """Whether cells are whole numbers, each greater than the one before, as no labels are."""
    given = [as_label(cell) or "" for cell in cells]
    if len(given) < _FEW_ROWS or not all(map(_WHOLE.fullmatch, given)):
        return False
    return all(int(one) < int(other) for one, other in pairwise(given))
