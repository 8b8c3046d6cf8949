"""Pictures of a report for slides: the sector's line, the ranking and the heat map.

They are the page's own charts, drawn without a browser by vl-convert (extra `pictures`). In an SVG
the text stays text, so that a slide can change it; a PNG is drawn at twice its size.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from chipstance.callbacks import Say
from chipstance.errors import ChipstanceError
from chipstance.reports.page.data import Summary
from chipstance.reports.page.look import Language
from chipstance.reports.rows.replacing import replacing
from chipstance.reports.slides import slide_charts

_SCALE = 2
# Fonts with Traditional Chinese that come with the system, and good ones to look for elsewhere.
_SYSTEM_FONTS = {"darwin": "PingFang TC", "win32": "Microsoft JhengHei"}
_GOOD_FONTS = ("Noto Sans CJK TC", "Noto Sans TC", "Source Han Sans TC", "WenQuanYi Zen Hei")


def write_pictures(summary: Summary, out: Path, language: Language, note: Say) -> list[Path]:
    """Write one picture a chart.

    Args:
        summary: As `reports.summary` describes it.
        out: What to call them, ending in `.svg` or `.png`: `slides/chips.png` makes
            `slides/chips-sector.png` and so on.
        language: Of names and words; English where no font has the glyphs of the others.
        note: Told in a line of what was left out or written otherwise.

    Returns:
        The files written.

    Raises:
        ChipstanceError: The library is missing, or a file cannot be written.
    """
    try:
        import vl_convert
    except ImportError as error:
        raise ChipstanceError(
            "pictures need vl-convert; install it: pip install 'chipstance[pictures]'"
        ) from error
    font = chinese_font()
    if font is None and language != "en":
        note("no font with Chinese glyphs is installed; the pictures are in English")
        language = "en"
    written = []
    for name, chart in slide_charts(summary, language, font or "sans-serif").items():
        path = out.with_name(f"{out.stem}-{name}{out.suffix}")
        with replacing(path) as file:
            if path.suffix.lower() == ".svg":
                file.write(vl_convert.vegalite_to_svg(chart).encode())
            else:
                file.write(vl_convert.vegalite_to_png(chart, scale=_SCALE))
        written.append(path)
    if not written:
        note("nothing is dated and no company is judged, so there is no picture to draw")
    return written


def chinese_font() -> str | None:
    """Name of an installed font with Traditional Chinese; None when there is none."""
    if sys.platform in _SYSTEM_FONTS:
        return _SYSTEM_FONTS[sys.platform]
    if shutil.which("fc-list") is None:
        return None
    listed = subprocess.run(
        ["fc-list", ":lang=zh-tw", "family"], capture_output=True, text=True, check=False
    )
    found = sorted({line.split(",")[0].strip() for line in listed.stdout.splitlines()} - {""})
    return next((font for font in _GOOD_FONTS if font in found), found[0] if found else None)
