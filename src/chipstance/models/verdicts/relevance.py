"""How much an article is about a company."""

# In points of 100. A headline names whom the article is about; a list at the end names everybody.
_TITLE, _EARLY, _SENTENCES, _VOICE = 35, 15, 30, 20


def relevance(*, in_title: bool, first: int, naming: int, sentences: int, named: int) -> int:
    """Relevance of a company to an article that names it, 0-100.

    Half of the sentences, or half of all that is said of companies, count as all: an article
    about two companies is about each of them.

    Args:
        in_title: Whether the headline names it.
        first: Number of the first sentence that names it, from 0.
        naming: How many sentences name it, at least 1.
        sentences: How many sentences the article has.
        named: Sum of `naming` over all companies of the article.

    >>> relevance(in_title=True, first=0, naming=10, sentences=12, named=15)
    100
    >>> relevance(in_title=False, first=24, naming=1, sentences=30, named=40)
    6
    """
    early = 1 - first / sentences
    share = min(1.0, 2 * naming / sentences)
    voice = min(1.0, 2 * naming / named)
    return round(_TITLE * in_title + _EARLY * early + _SENTENCES * share + _VOICE * voice)
