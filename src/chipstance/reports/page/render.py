"""Writes the page: template, style, scripts and data in one file, and a policy that locks it.

The policy lets the browser run these very scripts, known by their digests, and fetch nothing.
Articles are data to it: JSON in an element that is not run, put on the page as text alone.
"""

import base64
import hashlib
import json
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Any

from chipstance.reports.page.data import Summary, page_data
from chipstance.reports.page.look import look

_HERE = Path(__file__).parent
# In the order in which they need each other.
_SCRIPTS = ("state", "dom", "charts", "overview", "companies", "table", "drawer", "main")
_LIBRARIES = ("vega.min.js", "vega-lite.min.js")
# JSON has no need of these outside strings, and inside they can be written as escapes.
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def render(summary: Summary) -> bytes:
    """Write a report as one HTML file.

    Args:
        summary: As `reports.summary` describes it.

    Returns:
        The file, UTF-8; the same summary gives the same bytes.
    """
    parts = _parts()
    page = Template(_read("template.html")).substitute(
        parts, policy=_policy(parts), look=as_json(look()), data=as_json(page_data(summary))
    )
    # Half a surrogate pair, as a broken source may hold, is no text that UTF-8 can write.
    return page.encode("utf-8", "replace")


def as_json(values: Any) -> str:
    r"""Write JSON that no HTML parser takes for anything but text.

    >>> as_json({"text": "</script><b>&"})
    '{"text":"\\u003c/script\\u003e\\u003cb\\u003e\\u0026"}'
    """
    text = json.dumps(values, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


@lru_cache(maxsize=1)
def _parts() -> dict[str, str]:
    library = "\n".join(_without_map(_read(f"vendor/{name}")) for name in _LIBRARIES)
    own = "\n".join(_read(f"js/{name}.js") for name in _SCRIPTS)
    return {
        "style": _read("style.css"),
        "library": library,
        "script": _interpreter() + own,
    }


def _read(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


def _without_map(script: str) -> str:
    """Cut the line that would have a debugger fetch the script's source."""
    return script.split("\n//# sourceMappingURL=")[0].rstrip()


def _interpreter() -> str:
    """Vega's expressions without `eval`, taken from a module into the page's own script."""
    script = _without_map(_read("vendor/vega-interpreter.js"))
    head, body = script.split("from 'vega-util';", 1)
    body, export = body.rsplit("export {", 1)
    inside, outside = export.strip(" };\n").split(" as ")
    names = head.replace("import", "const")
    return f"{names} = vega;\nconst {outside} = (() => {{{body}return {inside};\n}})();\n"


def _policy(parts: dict[str, str]) -> str:
    scripts = f"{_digest(parts['library'])} {_digest(parts['script'])}"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}",
            f"style-src {_digest(parts['style'])}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
