"""How pages write days and hours: patterns of lines that say when.

They are labels as those of `phrases`, in the folded form of `fold`; what day it is, `dates` tells.
"""

DAY = (
    r"\d{1,2}(?:/\d{1,2}/|-\d{1,2}-|\.\d{1,2}\.)(?:19|20)\d\d|"
    r"(?:(?:中华)?民国\s*)?(?:(?:(?:19|20)\d\d|1[01]\d)\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?|"
    r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月|(?:19|20)\d{6}(?:\d{4}(?:\d\d)?)?"
)
_MONTH = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec"
)
ENGLISH_DAY = (
    rf"(?:(?:{_MONTH})\.? +\d{{1,2}}(?:st|nd|rd|th)?(?: \d\d:\d\d:\d\d|,)? (?:19|20)\d\d|"
    rf"\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH}),? (?:19|20)\d\d|(?:19|20)\d\d-(?:{_MONTH})-\d{{1,2}}|"
    rf"\d{{1,2}}-(?:{_MONTH})-(?:19|20)\d\d)"
)
_MOMENT = r"t\d\d:\d\d[\d:.]*(?:z|[-+]\d\d:?\d\d)?"
_FULL_DAY = (
    r"(?:(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?"
    rf"(?:{_MOMENT})?|"
    rf"{ENGLISH_DAY})"
)
HOUR = (
    r"(?:[上下中]午|凌晨|早上|晚上|晚间)?\s*\d{1,2}\s*[:时]\s*\d{2}(?:\s*[:分]\s*\d{2})?\s*分?"
    r"(?:\s*[ap]m)?"
)
WEEKDAY = r"(?:\s*\(?(?:(?:[星礼]期|礼拜|周)[一二三四五六日天])\)?|\s*\([一二三四五六日]\))"
_AGO = (
    r"约?\s*\d+\s*(?:秒钟?|分钟|小时|天|日|周|个月)\s*之?前|昨天|今天|前天|刚刚|"
    r"\d+ (?:min|hour|day)\w* ago"
)
_STAMP_WORD = (
    r"最后更新|最新更新|更新|发布|释出|发表|出版|刊登|刊出|建立|上架|上线|撰写|建档|发稿|发文|首发|"
    r"时间|日期|于|北京|"
    r"(?:gmt|utc)\s?[-+]\s?\d{1,2}(?::?\d\d)?(?!\d)|hkt|gmt|utc|cst|est|"
    r"\d{1,2}\s?分[钟鐘]\s?\(?阅读时间|[星礼]期[一二三四五六日天]|礼拜.|周[一二三四五六日]|updated?|published|"
    r"posted|on|at|date|sent|[一二三四五六日](?=\))|(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\b"
)

_ANY_DAY = rf"(?:{DAY}|{ENGLISH_DAY})"
# What leads a line that says when: 發布時間, 更新於.
_STAMP_LABEL = rf"[\W_]*(?:(?:{_STAMP_WORD})[\W_]*+)*+"
# More of the same behind a day or an hour, and nothing else.
_MORE = rf"(?:[\W_]*+(?:{_STAMP_WORD}|{DAY}|{ENGLISH_DAY}|{HOUR}|{_AGO}))*+"

# Day and hour, whatever stands behind them.
STAMP = rf"{_ANY_DAY}{_MORE}[\W_]*+"
# Who publishes, or what it is a part of, before the day.
_NAME = r"(?:[^\W\d]{2,8}(?:\s+|\s?[|·]\s?)|[【\[(《〔][^\W\d]{2,8}[】\])》〕]\s*)"
# What says that who or where, or a button, stands behind them.
BESIDE_STAMP = (
    r"来源|稿源|出处|记者(?!会|获悉|从)|编[辑译]|作者|责编|撰[文稿]|[图文][:/]|发自|来自|字[体号]|"
    r"收藏|分享|评论|阅读|浏览|人气|点击|转发|举报|听(?:新闻|全?文)"
)
_YEAR = r"(?:19|20)\d\d"
_NUMERIC_DAY = rf"{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
_AGENCY = r"[a-z][a-z.'& ]{1,24}"
_READING_TIME = r"\d{1,2}\s?分[钟鐘]\s?\(?阅读时间\)?$|阅读时间\s*:?\s*约?\s*\d{1,2}\s?分钟?$"

TIME_STAMPS: tuple[str, ...] = (
    # 发布时间:2025-01-28 14:03 更新:15:10; 3小时前
    rf"{_STAMP_LABEL}(?:{DAY}|{ENGLISH_DAY}|{HOUR}|{_AGO})(?:{_MOMENT})?{_MORE}[\W_]*$",
    # 2025-01-28 14:03 某某新闻; a share or a direction behind the hour is news.
    rf"{_STAMP_LABEL}{_ANY_DAY}[\W_]*(?:{HOUR})(?!.*(?:\d%|[涨跌升降]))[^。,!?]{{0,44}}$",
    # 2025年1月28日 财经 来源:某某报
    rf"{_STAMP_LABEL}(?:{DAY})[^。,!?]{{0,16}}"
    r"(?:来源|记者(?!会)|新闻网|日报|时报|作者|编辑|撰文|图文|(?<![^\W_])文[:/])[^。,!?]{0,24}$",
    # 行情数据截至1月28日收盘
    r".{0,6}(?:行情|数据|资料|报价|截稿)[^。,]{0,6}(?:截至|截止|更新至).{4,30}$",
    # Who or where may stand before day and hour, and a button behind.
    rf"[^。,!?;]{{0,20}}?{_YEAR}\s?[-/.年]\s?\d{{1,2}}\s?[-/.月]\s?\d{{1,2}}\s?日?\s*"
    r"\d{1,2}:\d{2}(?::\d{2})?(?![^。]*\d%)[^。,!?]{0,24}$",
    # Names of agencies behind day and hour.
    rf"[\W_]*{_ANY_DAY}[\W_]*{HOUR}(?:\s?(?:{_STAMP_WORD}))?\s?[|/·]\s?"
    rf"{_AGENCY}(?:\s?[,/|&]\s?{_AGENCY}){{0,4}}$",
    # A day beside who publishes.
    rf"{_NAME}?{_FULL_DAY}{WEEKDAY}?(?:\s{HOUR})?"
    r"(?:(?:\s|\s?[|·]\s?)[^\W\d]{1,8}(?:报|网|社|财经|新闻))?$",
    # 某某周刊 第128期 出刊日:2025/1/28
    r"[\W_]*(?:[^\W\d_]{2,10}\s?第\s?\d{1,5}\s?期\s+)?"
    rf"\S{{0,4}}(?:时间|日期|上稿|出刊日|出版|更新)\s*:\s*(?=.*{_YEAR})"
    rf"(?:{DAY}|\d{{1,2}}/\d{{1,2}}/20\d\d).{{0,40}}$",
    # 更新时间(hkt):0128 14:03; 出版: 更新:; 发布于:刚才
    r"(?:建立|更新|发[布表]|出版|刊登)(?:时间|日期)\s?(?:\([a-z]{3}\))?\s?:\s?\d{4}\s\d{1,2}:\d\d$|"
    r"(?:出版|更新|发布)(?:时间|日期)?:\s*(?:更新:\s*)?$|发布于:?\S{2,6}$",
    # 28/1/2025 某某; 14:03 2025/01/28 某某
    rf"\d{{1,2}}/\d{{1,2}}/{_YEAR}\b.{{0,16}}$|"
    rf"\d{{1,2}}:\d{{2}}\s+{_YEAR}/\d{{1,2}}/\d{{1,2}}.{{0,16}}$",
    # 2025-01-28 by; 2025-01-28 总第128期; 某某周刊 2025-01-28 第4期
    rf"{_NUMERIC_DAY}\s(?:by|\S{{2,8}}\d+期)$",
    rf"(?:\S{{2,8}}\s)?{_NUMERIC_DAY}\s第\s?\d+\s?期.{{0,24}}$",
    _READING_TIME,
)
