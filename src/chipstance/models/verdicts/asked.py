"""Which companies of a sentence are judged, and what is read for each."""

from collections.abc import Iterable, Sequence

from chipstance.companies.mention import Mention

TextAndMentions = tuple[str, Sequence[Mention]]


def to_read(
    texts: Sequence[TextAndMentions], first: Sequence[Sequence[Mention]]
) -> tuple[list[TextAndMentions], list[tuple[int, str]]]:
    """What is to be read for the views of some sentences.

    Args:
        texts: The sentences, each with all its mentions.
        first: The first mention of each company in each.

    Returns:
        The sentences with those whom they themselves name, then each again in which a company is
        carried over, with that one too; and for each mention the number of what is read for it,
        and the company.
    """
    sentences: list[TextAndMentions] = [(text, written(named)) for text, named in texts]
    asked = []
    for at, ((text, named), judged) in enumerate(zip(texts, first, strict=True)):
        for mention in judged:
            if mention.via == "context":
                asked.append((len(sentences), mention.company))
                sentences.append((text, beside(named, mention)))
            else:
                asked.append((at, mention.company))
    return sentences, asked


def written(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions of companies that the sentence itself names."""
    return [mention for mention in mentions if mention.via != "context"]


def beside(mentions: Iterable[Mention], judged: Mention) -> list[Mention]:
    """The mentions that count in judging one: those written, and itself."""
    return [each for each in mentions if each.via != "context" or each is judged]


def first_mentions(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """The first mention of each company, in order."""
    if len(mentions) < 2:
        return mentions
    first: dict[str, Mention] = {}
    for mention in mentions:
        first.setdefault(mention.company, mention)
    return list(first.values())
