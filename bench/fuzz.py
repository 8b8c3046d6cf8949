"""Whether anything makes the command fail in another way than with a line and a status.

    python -m bench.fuzz [SECONDS] [SEED]

Mutates articles, rows and label files for SECONDS (60 where none is given), and runs them through
the command in this process. A traceback, a run of more than ten seconds, or a file that is lost
without a word is printed with the file that does it, which is kept.
"""

import contextlib
import io
import random
import sys
import tempfile
import time
from pathlib import Path

from bench.material import ROOT, seeds
from chipstance.cli.main import main as classify

_SLOW = 10.0
_PIECES = [
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b'"', b"<", b"<!--", b"{", b"[" * 500, b"\r", b"\n",
    "「".encode(), "\u202e".encode(), "\u200b".encode(), b"\x1b[2J", b"-1", b"1e999", b"NaN",
]  # fmt: skip
_COMMANDS = {
    ".txt": ["score", "--format", "jsonl"], ".html": ["score", "--format", "jsonl"],
    ".jsonl": ["score", "--format", "jsonl"], ".csv": ["labels", "stats"],
    ".scored.jsonl": ["report", "--format", "csv"], ".json": ["labels", "import", "--from",
    "label-studio"],
}  # fmt: skip


def _seeds() -> dict[str, bytes]:
    text = seeds()[0].read_bytes()[:1500]
    labels = (ROOT / "labels" / "hk.jsonl").read_bytes().splitlines(keepends=True)[:5]
    scored = (
        '{"article": "a", "text": "台積電", "index": 0, "published": "2025-01-28", "companies":'
        ' [{"company": "tsmc", "start": 0, "end": 3, "sentiment_p": {"positive": 0.5}}]}\n'
    )
    task = (
        '[{"data": {"text": "台積電上漲。"}, "annotations": [{"result": [{"from_name": "companies",'
        ' "type": "labels", "value": {"start": 0, "end": 3, "labels": ["positive"]}}]}]}]'
    )
    return {
        ".txt": text,
        ".html": b"<html><body><p>" + text + b"</p></body></html>",
        ".jsonl": b"".join(labels),
        ".csv": "text,stance\n台積電上漲3%。,bullish\n聯電下跌。,bearish\n".encode(),
        ".scored.jsonl": scored.encode() * 2,
        ".json": task.encode(),
    }


def _mutated(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 6)):
        at, to = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        data = chance.choice(
            [
                data[:at] + chance.choice(_PIECES) * chance.choice([1, 1, 50]) + data[at:],
                data[:at] + data[min(to, at + 40) :],
                data[:at] + data[at:to] * 2 + data[to:],
                data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :],
            ]
        )
    return data


def _complaint(path: Path, ending: str) -> str | None:
    """What was wrong with the answer; None for a good one."""
    command, *options = _COMMANDS[ending]
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    sys.argv = ["classify", command, *options, str(path)]
    begin, status = time.perf_counter(), None
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            classify()
    except SystemExit as ended:
        status = ended.code
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if time.perf_counter() - begin > _SLOW:
        return "took more than ten seconds"
    if status not in (0, 1):
        return f"status {status}"
    out.flush()
    silent = not err.getvalue() and not out.buffer.tell()
    return "no result and no word" if silent else None


def main() -> None:
    """Run, and print what was found."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    folder = Path(tempfile.mkdtemp(prefix="fuzz."))
    seeds, tried, found = _seeds(), 0, 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        ending = chance.choice(list(seeds))
        path = folder / f"{tried}{ending}"
        path.write_bytes(_mutated(seeds[ending], chance))
        complaint = _complaint(path, ending)
        tried += 1
        if complaint is None:
            path.unlink()
        else:
            found += 1
            print(f"{path}: {complaint}", flush=True)
    print(f"{tried} files tried, {found} answered badly")


if __name__ == "__main__":
    main()
