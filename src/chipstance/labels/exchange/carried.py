"""What goes along with a row to an annotation tool, so that the same row can be made of it again.

A tool gives back what its annotator saw and marked. Who a span names, which tasks were labelled
and what else the row says stand beside the text, under names that both tools' exports share.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from chipstance.companies.mention import Mention
from chipstance.labels.exchange.spans import Span
from chipstance.labels.rows import LabelRow, as_record

COMPANIES = "companies"


def carried(
    row: LabelRow,
    spans: Sequence[Span],
    mentions: Iterable[Mention],
    without_place: Mapping[str, str],
) -> dict[str, Any]:
    """The text of a row and all that its spans and choices alone could not give back.

    Args:
        row: A label row, labelled or not.
        spans: Its company labels as spans.
        mentions: The companies found in it.
        without_place: Label by company id of companies that the text does not name.

    Returns:
        The row's fields but its labels; `mentions`, a company id by start and end in characters;
        `labelled`, what the row has labels of; and `companies_without_place` where there are any.
    """
    data = {
        name: value
        for name, value in as_record(row).items()
        if name not in row.labels and name != COMPANIES
    }
    known = {(mention.start, mention.end): mention.company for mention in mentions}
    known |= {(span.start, span.end): span.company for span in spans}
    data["mentions"] = [[*place, company] for place, company in sorted(known.items())]
    data["labelled"] = [*row.labels, *([COMPANIES] if row.companies is not None else [])]
    if without_place:
        data["companies_without_place"] = dict(without_place)
    return data
