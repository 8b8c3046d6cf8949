"""Stance, topic, hype and company sentiment of Chinese-language chip news.

>>> import chipstance
>>> model = chipstance.load()
>>> sentence = model.score("輝達財測優於預期,盤後股價大漲6%。").sentences[0]
>>> sentence.stance, sentence.companies[0].company
('bullish', 'nvidia')
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chipstance.models.model import load

__all__ = ["load"]


def __getattr__(name: str) -> Any:
    # Imported when asked for, so that `import chipstance` costs nothing.
    if name == "load":
        from chipstance.models.model import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
