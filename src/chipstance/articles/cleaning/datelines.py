"""How agencies, papers and companies write where and when: patterns of lines and of beginnings.

All patterns are in the folded form of `fold`. A place is one of a table, but beside an agency, a
reporter or the `电` of a wire any name does; what merely speaks of a day has none of these.
"""

from chipstance.articles.cleaning.stamps import ENGLISH_DAY
from chipstance.articles.normalising.fold import folded_line
from chipstance.patterns import lazily

_PLACE = (
    r"(?:中国|台湾|美国|日本|韩国|[南北]加州|加州|加利福尼亚州|得州|德州|亚利桑那州|"
    r"香港|澳门|台北|新北|基隆|桃园|新竹|竹科|竹北|苗栗|竹南|台中|中科|彰化|云林|嘉义|台南|南科|高雄|屏东|宜兰|"
    r"花莲|台东|北京|上海|天津|重庆|深圳|广州|东莞|佛山|珠海|南京|苏州|无锡|杭州|宁波|合肥|武汉|长沙|成都|西安|"
    r"郑州|济南|青岛|大连|沈阳|长春|哈尔滨|厦门|福州|南昌|昆明|贵阳|海口|博鳌|乌镇|"
    r"东京|大阪|熊本|首尔|汉城|新加坡|吉隆坡|槟城|曼谷|河内|马尼拉|雅加达|孟买|新德里|班加罗尔|"
    r"华盛顿|纽约|旧金山|三藩市|硅谷|洛杉矶|圣[荷何]西|圣塔?克拉拉|拉斯维加斯|西雅图|波士顿|芝加哥|奥斯[汀丁]|凤凰城|"
    r"伦敦|巴黎|柏林|法兰克福|慕尼黑|德累斯顿|布鲁塞尔|海牙|阿姆斯特丹|日内瓦|苏黎世|达沃斯|"
    r"莫斯科|[迪杜]拜|特拉维夫|悉尼|雪梨|多伦多|温哥华|"
    r"hong kong|taipei|hsinchu|taiwan|beijing|shanghai|shenzhen|guangzhou|hangzhou|singapore|tokyo|"
    r"seoul|new york|san francisco|san jose|santa clara|washington|london|china)"
    r"(?:[市县]|,? calif\.?)?"
)
_HAN = r"[^\W\d_a-z]"
_AGENCY = (
    r"(?:路透|彭博|"
    rf"{_HAN}{{1,5}}?(?:社|日报|时报|晚报|商报)|[明信]报|联合早报|本[报刊网]|"
    r"pr ?newswire|business ?wire|globe ?newswire|reuters|bloomberg|afp)"
)
_REPORTER = rf"(?:(?:本[报刊网])?(?:记者|特派员|编译)\s?{_HAN}{{2,4}}(?:[、/]{_HAN}{{2,4}}){{0,2}})"
_WIRED = r"(?:(?:综合|专|外)*电(?:报[导道])?|讯|报[导道])"
_DAY = (
    r"(?:(?:(?:19|20)\d\d|(?:(?:中华)?民国\s?)?1[01]\d(?=年))\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}(?:\s?日)?|"
    rf"{ENGLISH_DAY})(?:\s?\((?:[星礼]期|周)?[一二三四五六日]\))?"
)
_MARK = r"[\s,·|丨/()-]{0,4}"
_WHO = rf"(?:(?:{_AGENCY}{_MARK})?{_REPORTER}|{_AGENCY})"
# The table of places takes longest to compile, and stands once.
_FROM = rf"(?:{_WHO}{_MARK})?(?:{_PLACE}{_MARK}){{0,3}}(?:{_WHO}{_MARK})?"
# A country, a state and a city, and sometimes those of two.
_ANYWHERE = rf"{_HAN}{{2,16}}(?:[、和]{_HAN}{{2,12}}){{0,2}}"
_FROM_ANYWHERE = rf"(?:{_WHO}{_MARK}(?:{_HAN}{{2,8}})?|{_ANYWHERE}){_MARK}"
_STATED = rf"(?:{_FROM}{_DAY}{_MARK}{_FROM}{_WIRED}?|{_FROM_ANYWHERE}{_DAY}{_WIRED})"
_EDGE = r"[\s()〔〕【】\[\]《》<>■●/-]*"

_HINTS = ("19", "20", "年")
_WHOLE = lazily(rf"{_EDGE}{_STATED}{_EDGE}$", hints=_HINTS)
# Before the first words of a story: in brackets, or with what only parts a dateline from these.
_BY_AGENCY = rf"\s?[(/]\s?{_AGENCY}\s?[电讯]?\s?[)/]"
_LEADING = lazily(
    r"(?!根?据|依据|按照?|援引|引述)(?:"
    rf"(?![〔【\[《]\s?{_DAY}\s?[〕】\]》])[(〔【\[《]\s?{_STATED}\s?[)〕】\]》]|"
    rf"(?!{_DAY}){_FROM}{_DAY}(?:{_BY_AGENCY}|(?=\s?-{{2}}(?!\s*\d)|\s-\s(?!\s*\d)))|"
    rf"{_FROM_ANYWHERE}{_DAY}(?:{_BY_AGENCY}|[电讯](?!\w)))",
    hints=_HINTS,
)
# The patterns above take longer to compile than a sentence to score: few lines have a day in them.
_HAS_DAY = lazily(
    r"(?:(?:19|20)\d\d\s?[-/.]|\d\s?年)\s?\d{1,2}\s?[-/.月]\s?\d|"
    r"[a-z]\.? \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d|"
    r"\d(?:st|nd|rd|th)? [a-z]{3,9},? (?:19|20)\d\d",
    hints=_HINTS,
)
# Behind more there is no day of it.
_LONGEST = 60


def is_dateline(text: str) -> bool:
    """Whether a line says where and when it was sent, and nothing else.

    >>> is_dateline("2025年3月2日 香港"), is_dateline("2025年3月2日 香港開市")
    (True, False)
    """
    folded = folded_line(text) if len(text) <= _LONGEST else ""
    return _HAS_DAY.search(folded) is not None and _WHOLE.match(folded) is not None


def dateline(text: str) -> str:
    """What of a paragraph says where and when it was sent, or nothing.

    >>> dateline("香港2025年3月2日 /美通社/ -- 聯電擴產。"), dateline("香港2025年3月2日開市。")
    ('香港2025年3月2日 /美通社/', '')
    """
    head = folded_line(text)[:_LONGEST]
    match = _LEADING.match(head) if _HAS_DAY.search(head) else None
    return text[: match.end()] if match else ""
