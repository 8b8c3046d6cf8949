"""What a line looks like: a sentence or paragraph, a title, a bullet.

Nothing here looks at what a line says; see `furniture` for that.
"""

from chipstance.articles.normalising.fold import is_han
from chipstance.patterns import lazily

CLOSERS = "」』”’\"'）)】》〉〕］]"
_ENDS = tuple("。｡！？!?…⋯")
_PAUSES = "，,、；;"
_BULLET = lazily(r"[•·．●○◆◇◎■□▪▫‧∙⁃‣➢✓✔–—－\-*・･]+\s*(?=[^\s\-*－—–])")
_NUMBERED = lazily(
    r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、]|\d{1,2}[.．](?!\d)|[①-⒛❶-➓㈠-㈩㊀-㊉]|"
    r"\d\ufe0f?\u20e3|第[一二三四五六七八九十]{1,3}[、，,：:])\s*"
)
# Stars, arrows and emoji, which lead items of an article's lists, its title and a page's offers.
_SIGN = lazily(
    r"[※‼⁉▶▷►▸▹★☆\u2190-\u21ff\u2300-\u23ff\u2600-\u2775\u2794-\u27bf\u2900-\u297f"
    r"\u2b00-\u2bff\U0001f000-\U0001faff]"
)
# What a reader asks, whose answer follows.
_ASKED = lazily(r"\S{0,12}?[問问][:：]", hints=":：")
_ASCII_END = lazily(r"[ -~’“”]+\Z")
# What an English sentence may end with: a word of two letters, for one is an initial or counts the
# items of a list as one digit does, or a figure.
_LAST_WORD = lazily(r"[A-Za-z][A-Za-z0-9'’-]+|\$?\d[\d,]*\.?\d+%?")
# Words of names, too.
_OF_NAMES = frozenset({"of", "and", "for", "the", "de", "on"})
# Behind these a full stop stands anywhere in a sentence.
_SHORTENED = frozenset({
    "inc", "corp", "co", "cos", "ltd", "plc", "llc", "pte", "pty", "bhd", "sdn", "cie", "grp",
    "hldg", "hldgs", "intl", "int'l", "mfg", "tech", "semi", "semicon", "elec", "ind", "sci",
    "sys", "bros", "assn", "univ", "inst", "mr", "mrs", "ms", "dr", "prof", "jr", "sr", "st",
    "gov", "sen", "rep", "gen", "hon", "rev", "no", "nos", "vol", "fig", "ed", "eds", "ver",
    "sec", "ch", "pp", "vs", "etc", "al", "cf", "ca", "est", "approx", "dept", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "wed",
    "thu", "fri", "sat", "sun",
})  # fmt: skip
_FEWEST_WORDS = 3
# So much of a sentence shows that it is English.
_ENOUGH = 80
# The longest thing that a page shows as a headline.
LONGEST_TITLE = 70


def ends_sentence(text: str) -> bool:
    """Whether a line ends where a sentence ends, closing quotes and brackets looked through."""
    return text.rstrip(CLOSERS)[-1:] in _ENDS if text else False


def ends_english(text: str) -> bool:
    """Whether a text ends with an English sentence and its full stop, and not with a short form.

    >>> ends_english("Demand is strong."), ends_english("owned by Micron Technology Inc.")
    (True, False)
    """
    bare = text[-_ENOUGH:].rstrip(CLOSERS)
    said = _ASCII_END.search(bare[:-1]) if bare[-1:] == "." else None
    words = said[0].split() if said else []
    return (
        len(words) >= _FEWEST_WORDS
        and _LAST_WORD.fullmatch(words[-1].lstrip("\"'“(")) is not None
        and words[-1].lower() not in _SHORTENED
        and any(word.islower() and word not in _OF_NAMES for word in words)
    )


def is_running(text: str) -> bool:
    """Whether a line is running text, so not a headline, a link or a label.

    >>> is_running("英偉達股價急插，市場憂慮需求。"), is_running("英偉達股價急插 市場憂慮需求?")
    (True, False)
    """
    if "。" in text or "｡" in text:
        return True
    if len(text) < 8:
        return False
    if len(text) <= 30 or len(text) > LONGEST_TITLE:
        return len(text) > LONGEST_TITLE
    pauses = sum(map(text.count, _PAUSES))
    return (pauses > 0 and ends_sentence(text)) or (len(text) > 40 and pauses > 2)


def may_be_title(text: str) -> bool:
    """Whether a line that looks like running text may be a long headline, where it comes first.

    >>> may_be_title("英偉達股價急插，市場高呼需求見頂，分析師卻反問一句：真的有這麼差嗎？")
    True
    """
    return (
        len(text) <= LONGEST_TITLE
        and "。" not in text
        and "｡" not in text
        and sum(map(text.count, "！？!?")) < 3
        and not (ends_sentence(text) and sum(map(text.count, "，,")) > 2)
        and not _ASKED.match(text)
    )


def is_bullet(text: str) -> bool:
    """Whether a line is an item of a list of the article: a bullet or a number leads it."""
    return _BULLET.match(text) is not None or _NUMBERED.match(text) is not None


def sign(text: str) -> str:
    """The star, arrow or emoji that leads a line, or nothing.

    >>> sign("🔹 聯電調降報價"), sign("聯電🔹調降報價")
    ('🔹', '')
    """
    match = _SIGN.match(text)
    return match[0] if match else ""


def is_marked(text: str) -> bool:
    """Whether a bullet or a sign leads a line, and no number, which may be one of the text."""
    return _BULLET.match(text) is not None or _SIGN.match(text) is not None


def has_chinese(text: str) -> bool:
    """Whether there is at least one Chinese character."""
    return any(map(is_han, text))
