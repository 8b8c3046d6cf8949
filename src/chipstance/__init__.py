"""Stance, topic, hype and company sentiment of Chinese-language chip news.

>>> import chipstance
>>> model = chipstance.load()
>>> sentence = model.score("輝達財測優於預期,盤後股價大漲6%。").sentences[0]
>>> sentence.stance, sentence.companies[0].company
('bullish', 'nvidia')
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from chipstance.models.model import Model

__all__ = ["load"]


def load(model: "Path | str | None" = None, *, companies: "Path | str | None" = None) -> "Model":
    """Open a model.

    Args:
        model: Its folder; the shipped one by default.
        companies: A company table of one's own, added to the shipped one.

    Raises:
        ModelError: The folder is missing or damaged.
        CompanyTableError: The table breaks a rule.
    """
    # Here and not above, so that `import chipstance` costs nothing.
    from chipstance.models.model import load

    return load(model, companies=companies)
