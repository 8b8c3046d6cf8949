"""How much an article is about a company."""

# In points of 100. A headline names whom the article is about; a list at the end names everybody.
_TITLE, _EARLY, _SENTENCES, _VOICE = 35, 15, 30, 20


def is_in_title(mention: str, via: str | None, title: str | None) -> bool:
    """Whether a headline has the name by which a sentence names a company.

    Args:
        mention: The characters that name it there.
        via: What linked them; such as stand for the company of the sentence before are no name.
        title: The headline, or None.

    >>> is_in_title("聯電", "name", "聯電增產"), is_in_title("公司", "context", "上市公司增產")
    (True, False)
    """
    return via != "context" and bool(mention) and mention in (title or "")


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
