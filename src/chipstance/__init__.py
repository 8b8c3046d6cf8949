"""Stance, topic, hype and company sentiment of Chinese-language chip news.

>>> import chipstance
>>> model = chipstance.load()
>>> sentence = model.score("輝達財測優於預期,盤後股價大漲6%。").sentences[0]
>>> sentence.stance, sentence.companies[0].company
('bullish', 'nvidia')
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chipstance.errors import (
        ChipstanceError,
        CompanyTableError,
        InputError,
        LabelError,
        ModelError,
    )
    from chipstance.labels.rows import LabelRow
    from chipstance.models.learning.fitting import train
    from chipstance.models.verdicts.model import Model, load

    __version__: str

_WHERE = {
    "load": "chipstance.models.verdicts.model",
    "Model": "chipstance.models.verdicts.model",
    "train": "chipstance.models.learning.fitting",
    "LabelRow": "chipstance.labels.rows",
    "ChipstanceError": "chipstance.errors",
    "CompanyTableError": "chipstance.errors",
    "InputError": "chipstance.errors",
    "LabelError": "chipstance.errors",
    "ModelError": "chipstance.errors",
}
__all__ = [
    "ChipstanceError",
    "CompanyTableError",
    "InputError",
    "LabelError",
    "LabelRow",
    "Model",
    "ModelError",
    "__version__",
    "load",
    "train",
]


def __getattr__(name: str) -> Any:
    # Imported when asked for, so that `import chipstance` costs nothing.
    if name == "__version__":
        from importlib.metadata import version

        return version("chipstance")
    if name in _WHERE:
        return getattr(import_module(_WHERE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
