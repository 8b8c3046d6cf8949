"""The charts of a report as slides show them: the page's own, with a title and on white."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from chipstance.reports.page.data import (
    Summary,
    featured_companies,
    heat_cells,
    names_of,
    sector_days,
    smoothing,
    stance_domain,
)
from chipstance.reports.page.look import Language, colours, fill, look, words
from chipstance.reports.shown import signed

Chart = dict[str, Any]
_WIDTH = 960
_LABELS = 150
# As wide as the page wants a cell of the heat map, at least.
_LEAST_CELL = 4
# Days from which on an axis names months, and days are drawn small.
_LONG_AXIS = 180


def slide_charts(summary: Summary, language: Language, font: str) -> dict[str, Chart]:
    """Make the Vega-Lite charts of a report; a chart that would be empty is left out.

    Args:
        summary: As `reports.summary` describes it.
        language: Of names and words.
        font: Font family.

    Returns:
        Specifications with their data, by `sector`, `ranking` and `heat`.
    """
    said = words(language)
    companies = featured_companies(summary)
    names = _names(summary, companies, language)
    every = {
        "sector": _sector(summary, said),
        "ranking": _ranking(summary, companies, names, said),
        "heat": _heat(summary, companies, names, said),
    }
    shared = colours() | {"font": font, "label_width": _LABELS}
    return {
        name: _dressed(name, values | shared, sets, said)
        for name, made in every.items()
        if made is not None
        for values, sets in [made]
    }


def _dressed(name: str, values: Chart, sets: Chart, said: dict[str, str]) -> Chart:
    plain = look()["charts"]
    config = fill(plain["config"], values) | {"background": "#ffffff", "padding": 28}
    title = {"text": said[name], "fontSize": 20, "fontWeight": 600, "color": values["ink"]}
    title |= {"subtitle": values["subtitle"], "subtitleColor": values["muted"]}
    title |= {"subtitleFontSize": 13, "subtitlePadding": 6}
    made: Chart = fill(plain[name], values)
    return made | {
        "datasets": sets,
        "config": config,
        "title": title | {"anchor": "start", "offset": 18, "frame": "bounds"},
    }


def _sector(summary: Summary, said: dict[str, str]) -> tuple[Chart, Chart] | None:
    days = sector_days(summary)
    if not days:
        return None
    values = {
        "width": _WIDTH,
        "stance_domain": stance_domain(days),
        "stance_title": said["stance_title"],
        "hype_title": said["hype_title"],
        "volume_title": said[f"volume_{summary['counted']}"],
        "subtitle": said["sector_note"].replace("{days}", str(smoothing(summary))),
    }
    ends = days[0]["from"], days[-1]["to"]
    return values | _time_axis(*ends, _WIDTH) | _density(*ends), {"days": days}


def _ranking(
    summary: Summary, companies: Sequence[str], names: Sequence[str], said: dict[str, str]
) -> tuple[Chart, Chart] | None:
    if not companies:
        return None
    counted = summary["counted"]
    by_id = {row["company"]: row for row in summary["companies"]}
    rows = []
    for company, name in zip(companies, names, strict=True):
        row = by_id[company]
        low, high = row["net_ci95"] or (None, None)
        rows.append(
            {
                "key": company,
                "name": name,
                "net": row["net"],
                "low": low,
                "high": high,
                "net_text": signed(row["net"]),
                "volume": row[counted],
            }
        )
    note = said["ranking_note" if len(rows) < len(by_id) else "ranking_one"]
    note = note.replace("{n}", str(len(rows))).replace("{counted}", said[counted])
    return {"width": _WIDTH - _LABELS - 100, "subtitle": note}, {"companies": rows}


def _heat(
    summary: Summary, companies: Sequence[str], names: Sequence[str], said: dict[str, str]
) -> tuple[Chart, Chart] | None:
    days = summary["series"]["days"]
    if not companies or not days:
        return None
    first, after = days[0], sector_days(summary)[-1]["to"]
    width = _WIDTH - _LABELS
    per_day = width / _days_between(first, after)
    unit = "day" if per_day >= _LEAST_CELL else "week" if per_day * 7 >= _LEAST_CELL else "month"
    cells = [
        cell
        | {
            "name": names[cell["row"]],
            "from": max(cell["from"], first),
            "to": min(cell["to"], after),
            "key": f"{cell['row']} {cell['from']}",
        }
        for cell in heat_cells(summary, companies, unit)
    ]
    values = {"width": width, "names": list(names), "subtitle": said[f"heat_scale_{unit}"]}
    return values | _time_axis(first, after, width), {
        "cells": cells,
        "rows": [{"name": name} for name in names],
    }


def _names(summary: Summary, companies: Sequence[str], language: Language) -> list[str]:
    """Names to show; two companies of one name are told apart by their ids."""
    by_id = {row["company"]: names_of(row)[language] for row in summary["companies"]}
    names = [by_id[company] for company in companies]
    return [
        name if names.count(name) == 1 else f"{name} ({company})"
        for name, company in zip(names, companies, strict=True)
    ]


def _days_between(first: str, after: str) -> int:
    return (date.fromisoformat(after) - date.fromisoformat(first)).days


def _time_axis(first: str, after: str, width: int) -> Chart:
    """Both ends of a time axis, how its days are written, and how many have room."""
    days = _days_between(first, after)
    ends = [
        (date.fromisoformat(day) - date(1970, 1, 1)).days * 86_400_000 for day in (first, after)
    ]
    return {
        "domain": {"expr": str(ends)},
        "day_format": "%Y-%m" if days > _LONG_AXIS else "%m-%d",
        "ticks": {"interval": "day", "step": 1} if days < 3 else min(width // 90, days),
    }


def _density(first: str, after: str) -> Chart:
    """Few days are drawn large and apart, many small and close."""
    days = _days_between(first, after)
    edge = "volume" if days > _LONG_AXIS else "card"
    return {"dot": 14 if days > _LONG_AXIS else 40, "bar_edge": colours()[edge]}
