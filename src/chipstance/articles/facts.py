"""Title, publication date and publisher, from the lines in which a text shows them."""

from collections.abc import Sequence

from chipstance.articles.cleaning import furniture
from chipstance.articles.cleaning.datelines import dateline
from chipstance.articles.cleaning.headlines import dated_headline, has_title
from chipstance.articles.dates import iso_date
from chipstance.articles.line import Line
from chipstance.articles.shapes import is_running, may_be_title
from chipstance.patterns import lazily

_SAYS_WHEN = frozenset(
    {"time_stamps", "datelines", "bylines", "sources", "sharing", "tags", "menus", "navigation"}
)
# So many lines at the top of a page can hold its date.
_TOP = 25
# A line that says more than the day and who publishes is longer.
_LONGEST_DAY = 40
# Taiwan's agency closes with the day in the calendar of the republic: （編輯：…）1140128
_AGENCY_DAY = lazily(r"[）)](1[01]\d)(\d\d)(\d\d)\s*$", hints="）)")
# Below it a page may say more of itself: so many lines, and so many characters for the editors.
_BOTTOM, _LONGEST_CLOSE = 25, 60
_EDITED = lazily(r"[（(][^（()）]*(?:編輯|编辑|核稿|譯者|译者|編譯|编译)[^（()）]*[）)]\d{7}\s*$")
# On pages what is parted by a style alone may follow without a space: another label, or the day.
_PUBLISHER = lazily(
    r"(?<![圖图料據据片])(?:文章|消息|新聞|新闻|稿件)?(?:來源|来源|"
    r"稿源)(?:\s*[:：]\s*|(?<=以下文章[来來]源)[于於]\s*|\s*[|｜丨]\s*(?!(?:作者|記者|记者|[編编][輯辑]|[時时][間间]|日期)))"
    r"(?:(?:微信)?公[眾众][號号]\s?(?=[《「“\"]))?[《「“\"]?"
    r"(?P<name>[^\s《》「」“”\"()（）】|｜丨,，。:：/／]{2,20}?)"
    r"(?=[\s《》「」“”\"()（）】|｜丨,，。:：/／]|$|(?:19|20)\d\d[-/.年]|"
    r"(?:作者|記者|记者|責任編輯|责任编辑|責編|责编|編輯|编辑|撰文|時間|时间|日期|發布|发布)[^\s:：]{0,2}[:：])",
    hints=("來源", "来源", "稿源"),
)

# Under a title of an account: who wrote it, whose account it is, when.
_ACCOUNT = lazily(
    r"(?:原創|原创)\s+[^\s:：]{2,20}\s+(?P<name>[^\s:：]{2,20})\s+(?:19|20)\d\d[-/.年]",
    hints=("原創", "原创"),
)

# Beside the day of a story: `2025-01-28 信報`, and not `【早報】`, which says of which part of it.
_BESIDE_DAY = lazily(
    r"(?<![^\W_])(?![早晨午晚夜快簡简][報报](?![^\W_]))(?P<name>[^\W\d_]{1,8}(?:報|报|網|网|社|財經|财经|新聞|新闻))(?![^\W_])",
    hints="報报網网社經经聞闻",
)
_YEAR = lazily(r"(?:19|20)\d\d|1[01]\d", hints=("19", "20", "10", "11"))
# `【明報專訊】` and `（中央社記者某某台北24日電）`, with which a publisher's own story begins.
_OWN_STORY = lazily(
    r"[【〔(（](?!本)(?P<name>[^\W\d_]{2,6}?)(?:專訊|专讯|"
    r"(?<=社)(?![、/／及和與与])[^【】〔〕()（）資资]{2,40}(?:[電电訊讯]|[報报][導导道]))[】〕)）]",
    hints=("專訊", "专讯", "社"),
)


def title(cleaned: Sequence[Line]) -> str | None:
    """The headline of a cleaned article, if its first line is one and a body follows."""
    return cleaned[0].text if has_title(cleaned) else None


def published(lines: Sequence[Line]) -> str | None:
    """The publication date that the first lines of a text state, as an ISO date, or None.

    A date in running text or in a headline is not one, nor is a relative one (`3小時前`); but that
    of the dateline with which the first paragraph begins is, where no other is stated.
    """
    shown = [line.text for line in lines if line.text]
    for text in shown[:_TOP]:
        day = iso_date(text) if len(text) <= furniture.LONGEST_LABEL else None
        if day and _says_when(text):
            return day
        if day and (behind := furniture.stamp_end(text)):
            return iso_date(text[:behind])
    if closed := _closing_day(shown[-_BOTTOM:]):
        return closed
    return _sent(shown[:_TOP])


def _closing_day(shown: Sequence[str]) -> str | None:
    """The day behind the editors of an agency with which a story ends, whatever a page adds."""
    for text in reversed(shown):
        match = _AGENCY_DAY.search(text)
        if match and (
            text is shown[-1] or _EDITED.search(text, max(0, len(text) - _LONGEST_CLOSE))
        ):
            year, month, day_of_month = (int(part) for part in match.groups())
            return iso_date(f"{year + 1911}-{month}-{day_of_month}")
    return None


def _says_when(text: str) -> bool:
    """Whether a line with a day in it is one that says when, and is not the day of a picture."""
    return not _SAYS_WHEN.isdisjoint(_kinds_of(text)[:1])


def _kinds_of(text: str) -> list[str]:
    """The kinds of page furniture that a line is, by what it is mostly."""
    kinds = furniture.kinds_of(text)
    # Who wrote it and who took the pictures may stand behind the day.
    if kinds[:1] == ["captions"] and "time_stamps" in kinds and text[0].isdecimal():
        return kinds[1:]
    return kinds


def _sent(shown: Sequence[str]) -> str | None:
    """The day of the dateline with which the first paragraph begins, or None.

    Of several days that lead paragraphs, as in a chronicle, none is the article's.
    """
    for n, text in enumerate(shown):
        if sent := iso_date(dateline(text)):
            days = {iso_date(dateline(other)) for other in shown} - {None}
            return sent if len(days) == 1 else None
        if is_running(text) and (n or not may_be_title(text)):
            break
    return None


def publisher(lines: Sequence[Line]) -> str | None:
    """The publisher that a line such as `來源：大公報` or `2025-01-28 信報` names, or None."""
    for line in lines:
        short = line.text if len(line.text) <= 60 else ""
        match = _PUBLISHER.search(short) or _ACCOUNT.match(short)
        # Who took a picture did not publish the story.
        if match and _kinds_of(line.text)[:1] not in ([], ["captions"]):
            return match["name"]
    headline = dated_headline(lines)
    for text in [line.text for at, line in enumerate(lines) if line.text and at != headline][:_TOP]:
        match = _OWN_STORY.match(text)
        if match:
            return match["name"]
        # What a line is takes longest to say, and is asked last.
        beside = _BESIDE_DAY.search(text) if len(text) <= _LONGEST_DAY else None
        if beside and _YEAR.search(text) and furniture.kind_of(text) == "time_stamps":
            return beside["name"]
    return None
