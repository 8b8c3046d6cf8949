"""What `explain` shows to people."""

from chipstance.articles.article import Sentence
from chipstance.models.verdicts.explaining import Explanation, Word
from chipstance.reports.terminal.explanations import as_text


def test_a_blank_that_moved_a_verdict_can_be_seen() -> None:
    words = Word("漲", 0, 0.5), Word(" ", 1, -0.25), Word("了", 2, 0.001)
    why = Explanation("stance", None, "bullish", {"bullish": 0.9, "bearish": 0.1}, words, 0.0)
    shown = as_text([(Sentence("漲 了", ((0, 0),)), [why])], top=8)
    assert shown.splitlines()[-1] == "    漲 +0.50  ␣ -0.25"
