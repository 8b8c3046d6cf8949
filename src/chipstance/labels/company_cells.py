"""Company labels as people write them into one cell: JSON, or `nvidia=negative; tsmc=positive`."""

import json
import re
from collections.abc import Mapping

from chipstance.errors import LabelError

_BETWEEN = re.compile(r"[;；,，、|\n]")
_IS = re.compile(r"[=＝:：]")


def company_labels(value: object, where: str) -> dict[str, str] | None:
    """Sentiment by company, out of a decoded value or the text of a cell.

    Args:
        value: An object of id and label, pairs of them, or text of either form; text of no
            company is `{}`.
        where: File and row, for messages.

    Returns:
        Label by company id; None where nothing was labelled, which an empty cell says.

    Raises:
        LabelError: It is none of these.

    >>> company_labels("nvidia=negative; tsmc=positive", "f: row 2")
    {'nvidia': 'negative', 'tsmc': 'positive'}
    """
    if isinstance(value, str):
        value = _of_cell(value.strip(), where)
    if value is None:
        return None
    if isinstance(value, list) and all(isinstance(p, tuple) and len(p) == 2 for p in value):
        value = dict(value)  # a Parquet map
    if not isinstance(value, Mapping):
        raise LabelError(f"{where}: companies is not an object of id: label{_hint(value)}")
    # A Parquet struct has every company of the file in every row, most of them empty.
    given = {company: label for company, label in value.items() if label is not None}
    if not all(isinstance(x, str) and x.strip() for pair in given.items() for x in pair):
        raise LabelError(f"{where}: companies is not an object of id: label")
    return {company.strip(): label.strip() for company, label in given.items()}


def _hint(value: object) -> str:
    if isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        return "; scored rows are no labels, so give label files"
    return '; write {"tsmc": "positive"}'


def company_cell(companies: Mapping[str, str] | None) -> str:
    """The cell that `company_labels` reads back.

    >>> company_cell({"tsmc": "positive"}), company_cell({}), company_cell(None)
    ('tsmc=positive', '{}', '')
    """
    if companies is None:
        return ""
    if companies and not any(
        _BETWEEN.search(each) or _IS.search(each) or each[:1] in "{[" or each != each.strip()
        for pair in companies.items()
        for each in pair
    ):
        return "; ".join(f"{company}={label}" for company, label in companies.items())
    return json.dumps(dict(companies), ensure_ascii=False)


def _of_cell(cell: str, where: str) -> object:
    if not cell:
        return None
    if cell[0] in "{[":
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            raise LabelError(
                f'{where}: companies is not JSON such as {{"tsmc": "positive"}}'
            ) from None
    pairs = [_IS.split(each, maxsplit=1) for each in _BETWEEN.split(cell) if each.strip()]
    if any(len(pair) != 2 for pair in pairs):
        raise LabelError(
            f"{where}: companies cannot be read; write tsmc=positive; nvidia=negative,"
            ' or JSON such as {"tsmc": "positive"}'
        )
    return {company.strip(): label.strip() for company, label in pairs}
