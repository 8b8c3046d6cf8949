"""The same answer everywhere, and no network on the way to it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from chipstance.models.verdicts.model import load


@pytest.fixture
def news(tmp_path: Path) -> Path:
    for name, text in (("b", "台積電上漲3%。聯電下跌2%。"), ("a", "英偉達與美光下跌。")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def _scored(folder: Path, *options: str, **environment: str) -> bytes:
    start = "import sys; from chipstance.cli.main import main; sys.argv[0] = 'classify'; main()"
    command = [sys.executable, "-c", start, "score", str(folder), "--format", "jsonl", *options]
    ran = subprocess.run(command, env=os.environ | environment, capture_output=True, check=True)
    return ran.stdout


def test_hash_seed_locale_time_zone_and_jobs_change_no_byte(news: Path) -> None:
    plain = _scored(news, PYTHONHASHSEED="1", LC_ALL="C.UTF-8", TZ="UTC")
    assert plain.count(b"\n") == 3
    other = _scored(news, "-j", "2", PYTHONHASHSEED="77", LC_ALL="C", TZ="Asia/Taipei")
    assert other == plain


def test_scoring_opens_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert load().score("台積電上漲3%。").sentences[0].companies[0].company == "tsmc"
