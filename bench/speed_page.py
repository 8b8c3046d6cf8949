"""Write docs/speed.md: the tables that the speed benches print.

python -m bench.speed_page
"""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

TOP = Path(__file__).parent.parent
PARTS = {
    "Classification, and the whole way": ("bench.speed",),
    "Where the time goes": ("bench.stages",),
    "Start": ("bench.start",),
    "Two processes, few articles": ("bench.jobs", "200", "2"),
    "Two processes": ("bench.jobs", "1000", "2"),
    "Training": ("bench.training",),
    "Awkward texts": ("bench.growth", "1000000"),
    "Memory": ("bench.memory", "100000"),
}


def laid_out(printed: str) -> str:
    """What a bench printed, as it is where it has tables and else line by line."""
    return printed if "|" in printed else f"```text\n{printed}\n```"


def main() -> None:
    """Run the benches and write the page."""
    size = sum(path.stat().st_size for path in (TOP / "models" / "default").iterdir()) / 1e6
    with os.popen("uptime") as told:
        load = told.read().rpartition("load average:")[2].strip()
    text = (
        f"# How fast it is\n\nWritten by `python -m bench.speed_page` on {date.today()}, on a "
        f"machine of {os.cpu_count()} cores with a load of {load} by others: read ratios, and to "
        f"one digit and a half.\n\nThe model has {size:.1f} MB.\n"
    )
    for title, arguments in PARTS.items():
        shown = " ".join(["python", "-m", *arguments])
        print(shown, file=sys.stderr)
        command = [sys.executable, "-m", *arguments]
        ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        text += f"\n## {title}\n\n    {shown}\n\n{laid_out(ran.stdout.strip())}\n"
    (TOP / "docs").mkdir(exist_ok=True)
    (TOP / "docs" / "speed.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
