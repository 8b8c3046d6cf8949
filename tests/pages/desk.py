"""A folder with the files that the pages speak of, as a reader's own folder would have them."""

import csv
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

TOP = Path(__file__).parent.parent.parent
_NEWS = ("tw/tw-0202", "tw/tw-0101", "hk/hk-0101", "hk/hk-0102", "cn/cn-0201", "cn/cn-0101")
_TASKS = ("stance", "topic", "hype")


def furnish(folder: Path) -> None:
    """Put everything into a folder.

    Args:
        folder: An empty one.
    """
    for name in ("seeds", "labels", "models"):
        (folder / name).symlink_to(TOP / name)
    articles = [TOP / "seeds" / f"{name}.txt" for name in _NEWS]
    for name in ("news", "archive", "today"):
        (folder / name).mkdir()
        for article in articles:
            shutil.copy(article, folder / name)
    shutil.copy(articles[0], folder / "article.txt")
    text = articles[2].read_text("utf-8")
    (folder / "wire.txt").write_bytes(text.encode("big5hkscs", "replace"))
    with (folder / "archive.jsonl").open("w", encoding="utf-8") as out:
        for article in articles:
            row = {"text": article.read_text("utf-8"), "published": "2025-01-28"}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    _label_files(folder)


def _label_files(folder: Path) -> None:
    lines = (TOP / "labels" / "tw.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines[:420]]
    _write_csv(folder / "mine.csv", rows[:150])
    _write_csv(folder / "more.csv", rows[:300])
    # Texts that no model has met.
    new = [row | {"text": f"據了解,{row['text']}"} for row in rows[300:]]
    for name in ("new.csv", "checked.csv"):
        _write_csv(folder / name, new)
    book = Workbook()
    assert book.active is not None
    book.active.append(["post", "mood"])
    for row in rows[:150]:
        book.active.append([row["text"], "up" if row["stance"] == "bullish" else "down"])
    book.save(folder / "posts.xlsx")


def _write_csv(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["article", "text", *_TASKS, "companies"])
        for row in rows:
            named = json.dumps(row.get("companies", {}), ensure_ascii=False)
            labels = [row.get(task, "") for task in _TASKS]
            writer.writerow([f"desk-{row['article']}", row["text"], *labels, named])
