"""jieba's words, as a function that a saved pipeline can name."""

import jieba

jieba.setLogLevel(60)


def words(text: str) -> list[str]:
    """The words of a text."""
    return list(jieba.cut(text))
