"""The pages, and a folder with the files that they speak of, as a reader's own would have them."""

import csv
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

TOP = Path(__file__).parent.parent.parent
_NEWS = ("tw/tw-0202", "tw/tw-0101", "hk/hk-0101", "hk/hk-0102", "cn/cn-0201", "cn/cn-0101")
# Sentences that the labels do not have.
_UNLABELLED = """晶圓代工報價傳下修 台積電回應不評論
2025-06-02

市場週一傳出成熟製程第三季報價再降半成,聯電與世界先進早盤各跌2%與3%。
台積電發言人僅說不評論傳聞,強調先進製程產能仍供不應求。
一名不具名的IC設計主管苦笑:「砍價這種事,代工廠從不承認,帳單倒是很誠實。」
三星電子同日宣布增聘五百名研發人員。
午後陽光灑進竹科的食堂,排隊的人談的卻是下一季的分紅。
輝達與超微據傳都在詢問新一輪封裝產能,兩家公司均未回覆詢問。
"""
_TASKS = ("stance", "topic", "hype")


def pages() -> list[Path]:
    """The pages whose examples are run."""
    return sorted([*TOP.glob("README*.md"), *TOP.glob("docs/*.md"), TOP / "labels" / "README.md"])


def furnish(folder: Path) -> None:
    """Put everything into a folder.

    Args:
        folder: An empty one.
    """
    # Of `models` only what is inside: what an example saves beside it stays in the folder.
    (folder / "models").mkdir()
    for name in ("seeds", "labels", "models/default"):
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
    (folder / "incoming").mkdir()
    (folder / "incoming" / "monday.txt").write_text(_UNLABELLED, encoding="utf-8")
    _label_files(folder)


def _label_files(folder: Path) -> None:
    with (TOP / "labels" / "companies.csv").open(encoding="utf-8") as table:
        made_up = {row["id"] for row in csv.DictReader(table)}
    lines = (TOP / "labels" / "tw.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if not made_up & set(row["companies"])][:420]
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
