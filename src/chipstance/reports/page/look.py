"""How a report looks: the charts, colours and words that the page and the pictures share.

A chart is a Vega-Lite specification with `$name` where a colour, a word or a number belongs.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["en", "tw", "hk"]
Shade = Literal["light", "dark"]
_HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def look() -> dict[str, Any]:
    """Read the charts by name, the colours, and the words by language."""
    return {
        "charts": {path.stem: _json(path) for path in sorted((_HERE / "charts").glob("*.json"))},
        "colours": _json(_HERE / "colours.json"),
        "words": _json(_HERE / "words.json"),
    }


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def words(language: Language) -> dict[str, str]:
    """All words of the page in a language; both Chinese ones share theirs."""
    found: dict[str, str] = look()["words"]["en" if language == "en" else "zh"]
    return found


def colours(shade: Shade = "light", pair: str = "blue") -> dict[str, str]:
    """Colours by what they stand for, such as `ink` or `positive`."""
    every = look()["colours"]
    return {**every[shade], **every["pairs"][pair][shade]}


def fill(part: Any, values: Mapping[str, Any]) -> Any:
    """Put values in place of every `$name` of a chart.

    Raises:
        KeyError: A name has no value.

    >>> fill({"width": "$width", "mark": {"color": "$ink"}}, {"width": 300, "ink": "#000000"})
    {'width': 300, 'mark': {'color': '#000000'}}
    """
    if isinstance(part, str) and part.startswith("$"):
        return values[part[1:]]
    if isinstance(part, list):
        return [fill(each, values) for each in part]
    if isinstance(part, dict):
        return {key: fill(each, values) for key, each in part.items()}
    return part
