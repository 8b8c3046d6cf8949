import compileall
import io
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from chipstance.cli.main import main
from chipstance.models.verdicts.model import Model, load

ROOT = Path(__file__).parent.parent
# Three press articles and their labels that the team measures on; not part of the project.
PRESS = ROOT.parent / "shared"
# How long an example takes says more of what else the machine does than of the code.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the package once, and not again in each of the hundreds of processes that are begun.

    That is what they would do where `PYTHONDONTWRITEBYTECODE` is set, as images of containers do.
    It takes a quarter of the time in which a process scores an article.
    """
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(ROOT / "src", quiet=2)


@dataclass(frozen=True)
class Ran:
    """What a run of the command left behind."""

    status: int
    out: str
    err: str


@pytest.fixture
def classify(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Ran]:
    """Run `classify` in this process: `classify("score", path, stdin=b"…")`."""

    def run(*args: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["classify", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.FileIO(1, "w", closefd=False)))
        monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(io.FileIO(2, "w", closefd=False)))
        with pytest.raises(SystemExit) as ended:
            main()
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = capfdbinary.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, out.decode(), err.decode())

    return run


@pytest.fixture(autouse=True)
def heeds_signals_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The command settles how its process meets signals, which here is the process of the tests."""
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    before = {
        each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


@pytest.fixture(autouse=True, scope="session")
def own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A store of the tests' own: what its user keeps and uses is nothing to them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHIPSTANCE_MODELS", str(tmp_path_factory.mktemp("store")))
        yield


@pytest.fixture(scope="session")
def model() -> Model:
    """The shipped model."""
    return load()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A small article in a file of its own."""
    path = tmp_path / "article.txt"
    path.write_text(
        "晶片股回穩 台積電領漲\n2025-02-03\n\n"
        "台積電(2330)3日收盤上漲2.5%,法人指出先進封裝訂單能見度已到年底。"
        "聯電則因成熟製程報價鬆動,股價下跌1.2%。\n",
        encoding="utf-8",
    )
    return path
