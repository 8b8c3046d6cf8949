"""Headers of letters, of records and of posts on bulletin boards: who, when and about what.

Their subject is the title, and nothing else of them is the story's; when it was, `facts` tells. A
post has fields about the story that it hands on, too, and a footer with what others replied. What
a letter or a post answers, it quotes, and that is no part of it; see `quotations`.
"""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import takewhile

from chipstance.articles.cleaning import furniture
from chipstance.articles.cleaning.quotations import without_quoted, without_signature
from chipstance.articles.dates import iso_date
from chipstance.articles.line import Line
from chipstance.articles.normalising.fold import folded_line
from chipstance.articles.shapes import is_running
from chipstance.patterns import lazily

# In the folded form of `fold`.
_FIELD = lazily(
    r"(?:(?P<title>(?:新闻|文章)?(?:标题|题目)|篇名|主[旨题]|subject|title)|"
    r"(?P<text>(?:新闻|文章)?(?:内[文容]|正文|全文))|"
    r"(?P<day>(?:出版|发[布表送]|刊登|寄件|传送)?(?:日期|时间)|date|sent)|"
    r"(?P<sender>from|寄件[者人]|发件人|to|收件[者人])|"
    r"cc|bcc|reply-to|副本|密件副本|抄送|附件|attachments?|来源|媒体(?:名称)?|报[章刊]|出处|版[面次名头]|作者|记者|"
    r"字数|语言|(?:文[章件献]|新闻|稿件)编号|网址|[连链][结接]|url|"
    r"(?:x|mime|content|message|return|delivered|dkim|arc|list|in|authentication|received|thread|user|"
    r"auto)-[a-z0-9-]+|received)\s*:\s*",
    hints=":",
)
# What goes on below a field that computers write.
_PARAMETER = lazily(r"(?:boundary|charset|format|delsp|type|report-type)\s?=\s?\S+$", hints="=")
# A subject in characters of ASCII, as mail is sent and saved.
_ENCODED = lazily(r"=\?[\w-]+(?:\*[\w-]+)?\?[bBqQ]\?[^?\s]*\?=", hints=("=?",))
# What stands above a letter that is handed on, behind a note of who does.
_FORWARDED = lazily(
    r"[-_=\s]*(?:(?:begin )?forwarded message|已?转[寄发]的?(?:邮件|信件|讯息|消息)|"
    r"(?P<answered>original message|原始?(?:邮件|信件|讯息)))[-_=\s:]*$",
    hints=("message", "邮件", "信件", "讯息", "消息"),
)
_FENCE = "---"
# A field of what stands between two fences at the top of a file of Markdown, or an item of one.
_FENCED = lazily(r"(?P<name>[\w-]{1,30})\s*:(?:\s+[\"']?|$)|[-#]\s|[\]}]$")
_MOST_FENCED = 60
_LONGEST_MARK = 80
# Of a note above a letter that asks to read it, and no more.
_LONGEST_NOTE = 12
# Letters inside letters.
_DEEPEST = 5
_POSTER = lazily(
    r"作者\s*:?\s*[a-z][a-z0-9]{1,11}\s?\(.{0,40}\)(?:\s*(?:看板|站内)\s*:?\s*\S+)?$|"
    r"(?:看板|站内)\s*:?\s*[a-z][\w-]+$",
    hints=("作者", "看板", "站内"),
)
_POSTED = lazily(r"时间\s*:?\s*[a-z]{3}\s+[a-z]{3}\s+\d{1,2}\s[\d:]{5,8}\s\d{4}$", hints=("时间",))
_POST_TITLE = lazily(r"标题\s*(?=[^\s:])", hints=("标题",))
# What stands before a subject: that it is an answer, and a board's name for what is about.
_PREFIX = lazily(
    r"(?:(?:re|fwd?|转[发寄]|[回答]复|回覆)\s*:\s*)*(?:\[(?:新闻|标的|情报|心得|请益|问题|讨论|分享|闲聊|爆卦|转录)\]\s*)?"
)
_FOOTER = lazily(r"※\s*发信站\s*:")
_REPLY = lazily(r"[推嘘→]\s*[a-z][a-z0-9]{1,11}\s*:|※\s*(?:编辑|文章网址|转录)", hints="推嘘→※")
_HANDED_ON = lazily(
    r"(?:\d\s*[.、]\s*)?(?:"
    r"(?P<text>(?:完整)?(?:原文|新闻|文章)(?:内[文容])|备注)|"
    r"(?:完整)?(?:原文|新闻|文章)(?:标题|[连链][结接]|网址|来源|时间|作者)|媒体(?:来源|名称)|记者署名|发布时间"
    r")[^:]{0,40}:\s*",
    hints=":",
)
# What stands above the replies to a post, and who wrote the first.
_REPLIES = lazily(
    r"共?\s?\d[\d,]*\s?[则条篇个]?\s?(?:回应|回复|留言|评论)$",
    hints=("回应", "回复", "留言", "评论"),
)
_FIRST_REPLY = lazily(r"b1(?:\s.{1,20})?$", hints=("b1",))
_LONGEST_COUNT, _REPLIES_BEGIN = 16, 6
# What a page that prints another's story calls its headline.
_ORIGINAL = lazily(
    r"[(【\[]\s*原标题\s*[:|丨]\s*(?=(?P<inside>[^。]{5,70})[)】\]]$)|原标题\s*[:|丨]\s*(?=[^。]{5,70}$)",
    hints=("原标题",),
)
# So many lines at the top of a page can hold it.
_TOP = 25
_FEWEST_FIELDS = 2
# One of these is in every header; when and by whom stands above many a story.
_TELLING = frozenset({"title", "sender", "poster"})


def headers(lines: Sequence[Line]) -> list[Line]:
    """Keep the subject of a letter's, a record's or a post's header, and drop the rest of it."""
    end, kinds, kept = _header(lines)
    footer = next((at for at in range(len(lines)) if _is_footer(lines, at)), None)
    body = lines[end:footer]
    if footer is not None:
        # Only replies were pasted, where nothing stands above.
        above = without_signature(body)
        body = above if any(line.text for line in above) else lines[footer + 1 :]
    if not kinds and not kept:
        body = _with_headline(body)
    if "poster" in kinds or footer is not None:
        return [*kept, *without_quoted(list(_without_fields(body)))]
    return [*kept, *_letters(body, "sender" in kinds, {line.text for line in kept})]


def subject(lines: Sequence[Line]) -> str | None:
    r"""The subject of a letter where it is encoded for sending, so that no line shows it.

    >>> from chipstance.articles.line import split_lines
    >>> subject(split_lines("From: a@b.hk\nSubject: =?UTF-8?B?5Y+w56mN6Zu75aSn5ryy?="))
    '台積電大漲'
    """
    end, _, _ = _header(lines)
    texts = [line.text for line in lines[:end] if line.text]
    at = next((at for at, text in enumerate(texts) if _is_encoded(text)), None)
    if at is None:
        return None
    value = texts[at][_field(texts[at])[1] :]
    folds = takewhile(_ENCODED.match, texts[at + 1 :])
    shown = _decoded(" ".join([value, *folds]))
    prefix = _PREFIX.match(folded_line(shown))
    return shown[prefix.end() if prefix else 0 :].strip() or None


def _is_encoded(text: str) -> bool:
    """Whether a line is a subject that is encoded for sending."""
    kind, value = _field(text)
    return kind == "title" and _ENCODED.search(text, value) is not None


def _decoded(encoded: str) -> str:
    # Here and not above: few texts are letters as they were sent.
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(encoded)))
    except (HeaderParseError, LookupError, ValueError):
        return ""


def _with_headline(lines: Sequence[Line]) -> Sequence[Line]:
    """The same lines, a headline that only the label of another's is left of without this label."""
    top = [(at, line) for at, line in enumerate(lines[:_TOP]) if line.text]
    if not any(_begins(_ORIGINAL, line.text) for _, line in top):
        return lines
    for at, line in top:
        if label := _begins(_ORIGINAL, line.text):
            value = line.cut(label.end(), label.end("inside") if label["inside"] else None)
            return [*lines[:at], value._replace(heading=True), *lines[at + 1 :]]
        if furniture.kind_of(line.text) is None:
            break
    return lines


def _letters(lines: Sequence[Line], is_letter: bool, told: Container[str]) -> list[Line]:
    """The text of a letter and of those that it hands on, whose headers stand inside it.

    A subject that is `told` already is not repeated.
    """
    kept: list[Line] = []
    for _ in range(_DEEPEST):
        short = ((at, line.text) for at, line in enumerate(lines) if len(line.text) < _LONGEST_MARK)
        begins = ((at, _begins(_FORWARDED, text)) for at, text in short)
        at, mark = next(((at, mark) for at, mark in begins if mark), (0, None))
        end, kinds, subject = _header(lines[at + 1 :]) if mark else (0, [], [])
        if mark is None or "sender" not in kinds:
            break
        note = _own(lines[:at]) if is_letter else lines[:at]
        says = any(is_running(line.text) and len(line.text) > _LONGEST_NOTE for line in note)
        if says and mark["answered"]:
            return [*kept, *note]
        # A note that says little is no story.
        kept += [*(note if says else []), *(line for line in subject if line.text not in told)]
        lines, is_letter = lines[at + 1 + end :], True
    return [*kept, *(_own(lines) if is_letter else lines)]


def _own(lines: Sequence[Line]) -> Sequence[Line]:
    """What the writer of a letter wrote."""
    return without_quoted(without_signature(lines))


def _is_footer(lines: Sequence[Line], at: int) -> bool:
    """Whether a line ends a post, or the replies to it are counted there and follow."""
    text = lines[at].text
    if text[:1] == "※":
        return _begins(_FOOTER, text) is not None
    return (
        0 < len(text) < _LONGEST_COUNT
        and _begins(_REPLIES, text) is not None
        and any(_begins(_FIRST_REPLY, line.text) for line in lines[at + 1 : at + _REPLIES_BEGIN])
    )


def _begins(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return pattern.match(folded_line(text))


def _header(lines: Sequence[Line]) -> tuple[int, list[str], list[Line]]:
    """Where the story begins behind a header, its fields' kinds, and what of it is kept."""
    first = next((at for at, line in enumerate(lines) if line.text), 0)
    if lines and lines[first].text == _FENCE:
        return _fenced(lines, first)
    kinds: list[str] = []
    kept: list[Line] = []
    end = first
    for at in range(first, len(lines)):
        line = lines[at]
        if not line.text:
            continue
        kind, value = _field(line.text)
        if not kind:
            break
        kinds.append(kind)
        end = at + 1
        shows = kind in ("title", "text") and not _is_encoded(line.text)
        if shows and value < len(line.text):
            kept.append(line.cut(value)._replace(heading=kind == "title"))
        if kind == "text":
            break
    if len(kinds) < _FEWEST_FIELDS or not _TELLING.intersection(kinds):
        return 0, [], []
    return end, kinds, kept


def _fenced(lines: Sequence[Line], first: int) -> tuple[int, list[str], list[Line]]:
    """The same where fences stand around the fields, as at the top of a file of Markdown."""
    kept: list[Line] = []
    for at in range(first + 1, min(len(lines), first + _MOST_FENCED)):
        line = lines[at]
        if line.text == _FENCE:
            return at + 1, [], kept
        field = _FENCED.match(line.text)
        if field and field["name"] in ("title", "Title", "標題", "标题"):
            value = line.cut(field.end())
            kept.append(value.cut(0, len(value.text.rstrip("\"'")))._replace(heading=True))
        elif line.text and not field and not line.indented:
            break
    return 0, [], []


def _field(text: str) -> tuple[str, int]:
    """What kind of field of a header a line is, if it is one, and where its value begins."""
    if _begins(_POSTER, text):
        return "poster", 0
    if _begins(_PARAMETER, text) or _ENCODED.match(text):
        return "other", 0
    if match := _begins(_FIELD, text):
        kind = match.lastgroup or "other"
        if kind == "day" and not (iso_date(text) or _begins(_POSTED, text)):
            return "", 0
    else:
        match = _begins(_POST_TITLE, text)
        kind = "title" if match else "other" if _begins(_POSTED, text) else ""
    value = match.end() if match else 0
    if kind == "title" and (prefix := _PREFIX.match(folded_line(text), value)):
        value = prefix.end()
    return kind, value


def _without_fields(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines of a post without the fields of the story that it hands on, and replies."""
    awaited = False
    for line in lines:
        field = _begins(_HANDED_ON, line.text)
        if field:
            awaited = not field["text"] and field.end() == len(line.text)
            if field["text"]:
                yield line.cut(field.end())
        elif awaited and line.text:
            # The value of a field that is empty stands below it.
            awaited = False
        elif not _begins(_REPLY, line.text):
            yield line
