"""Who 該公司, 該股, 其 or a missing subject is: the one company that the sentence before is about.

A sentence before that names several companies, or none, leaves the pronoun open; nothing is
guessed. One that itself takes up a company by a pronoun is about that company, whoever else it
names: 該公司最大客戶為蘋果. Whom a question calls 公司 beside another company, is open:
華虹也在擴產，公司怎麼看? Whom a sentence names in passing, it is not about: 用了兩千張輝達的卡.
A broker, a paper or a research firm that only speaks stands beside the company it speaks of and
does not make two of one; 該行 is that broker.
"""

import re
from collections.abc import Sequence
from itertools import pairwise, repeat
from typing import NamedTuple

from chipstance.companies.elided import has_no_subject, speaks_of_shares
from chipstance.companies.moves.clauses import SPEAKERS
from chipstance.companies.names.unknown import opens_with_a_firm
from chipstance.patterns import lazily

_BROKER = lazily(r"该(?:行(?!业|为|动)|券商|大行|投行|机构)", hints="该")
# Who 這家南韓晶片商 is; 這家子公司 and 這家合資公司 are others.
_FIRM = (
    r"(?<![子母分])公司|集团|企业|(?:芯片|晶片|制造|设备|代工|封测|设计|开发|厂|电)商|巨头|巨擘|龙头|"
    r"大厂|业者|新创|初创|独角兽"
)
# What brokers say of whom they follow; a state has a rating, too.
_RATED = (
    r"(?!主权)[^,;。]{0,6}?"
    r"(?:目标价|评[级等]|估值|预[测估期]|买[入进]|增持|中性|中立|跑[赢输]|[优劣]于大[市盘])"
)
# 公司 and 集團 alone only where a clause begins: 上市公司 and 母公司 are others. 其 too: behind 將
# and 把 it is what the clause is about already, but for a price target or a rating, which others
# give; 其一, 其二 count.
_PRONOUN = lazily(
    r"该(?:公司|集团|股|企业|厂|厂商|芯片商|晶片商|巨头|龙头|大厂|业者|初创)"
    rf"|这家(?!合资|关联|控股|空壳)[^\W的与和及或家]{{0,8}}?(?:{_FIRM})"
    r"|(?:^|(?<=[,;:。!?\"、])|(?<=^[·●◆■▪※.])|(?<=^[·●◆■▪※.*-]\s)"
    r"|(?<=请问))(?:公司|集团)(?!债|法|治理|股份回购)"
    r"|(?:^|(?<=[,;:\"]|[但惟而指])|(?<=(?<![宣声自])称)|(?<=表示)|(?<=[盘市午][前后中])"
    r"|(?<=^[按据依])|(?<=^根据))其(?![中他它次实余后间列一二三四五六七八九十])"
    r"|(?:(?<=[将把对予料])|(?<=维持)|(?<=重申)|(?<=[上下]调)|(?<=调[高低升降])|(?<=认为)|(?<=看好))"
    rf"其(?={_RATED})"
)
_IS_RATED = lazily(_RATED)
# In the middle of a sentence 其 may be whatever that speaks of: 雲廠商已備貨,其採購放緩. It may not
# behind words for when and why, nor behind those who only speak.
_SOME = r"[^,;:。!?]{0,30}"
_SETTING = (
    r"随着|截[至止]|根据|按照?(?!年|季|月)|据|"
    rf"自{_SOME}?(?:以来|起)|受{_SOME}?(?:影响|拖累|带动|提振|刺激|冲击)|[从就以]{_SOME}?[看说言讲计]|"
    rf"在{_SOME}?(?:[后前下中时上外]|期间|之际|方面)|[与和跟同]{_SOME}?相比|对此|"
    r"[^,;:。!?]{0,10}?(?:分析[员师]|法人|大行|券商|投行|机构|外资|人士|市场|[业外]界|专家|投资者)"
    r"[^,;:。!?]{0,6}?(?:认为|指出?|表示|[宣声]?称|相信|预[期计]|料|坦言|透露)|"
    r"同时|其后|随后|目前|此前|近[日期]|早前|[今去前]年|[上本次首]季|第[一二三四]季|[上下]半年"
)
_ONLY_SETTINGS = lazily(
    rf"(?:(?:但是?|惟|而|然而|不过|另外|此外|因此),?)?(?:(?:{_SETTING}){_SOME},){{0,4}}"
)
# What stands before a name that a sentence has in passing, of what is used or compared, and behind
# one that is an example.
_IN_PASSING = lazily(
    r"(?:(?:使用|采用|动用|(?<![应专通车商家信])用上?|搭载|配备|租用|购[买入]|采购|囤积?|基于|并非|不是|相比|优于|[高低]于|"
    r"不及|媲美|追上|赶上|超越|取代|替代)(?:的是?|了|过)?(?:任何)?|[\d一二两三四五六七八九十百千万][多余几]?[张枚块颗片台])\s?$"
)
_LONGEST_BEFORE = 8
_LONGEST_OWN = 3
_AN_EXAMPLE = lazily(r"(?:\([^()]{1,20}\))?等(?![于到候待])", hints="等")
# What opens a clause about somebody who has been named before.
_IT = lazily(r"(?:^|[,;:。\"])[但而惟]?它", hints="它")
# Papers speak of anybody.
_RATERS = SPEAKERS - {"media"}
# Between a broker and 該股: it speaks of the share, or does something with it.
_OF_ANOTHER = lazily(
    r"[将把对予给]|维持|重申|[上下]调|调[高低升降]|看[好淡多空]|指|称|说|表示|认为|相信|预[期计估测]|料|报[道导]|"
    r"建议|推荐|列|纳入|点名|首予|[增减]持|警告|提到|提醒|透露|引述",
)
# 花旗股價跌2%,該股…: of its own.
_OF_ITS_OWN = lazily(r"股价|股份|财报|季绩|业绩|裁员|任命", hints="股财季业裁任")
# Who is asked at a company's own conference: 華虹漲價,公司怎麼看?
_HOST = lazily(r"[,;:。]\s?(?:请问)?公司(?!债|法|治理)[^。!]*\?", hints="?")
_LONGEST_CLOSE = 3
# Characters; what a pronoun goes back to within its sentence stands no farther before it.
_FAR = 150
_THE_FIRM = frozenset({"公司", "集团", "其"})
_CLAUSE = lazily(r"^(?:\d{1,2}[.、]\s*)?|[,;:。]\s?")
_MAY_BE_PRONOUN = lazily(r"[该这其公集]")


class Known(NamedTuple):
    """A company that a sentence names.

    Attributes:
        start: Where its name begins.
        company: Its id.
        kind: Its kind in the table.
        is_listed: Whether it has a listing there.
        end: Where its name ends.
    """

    start: int
    company: str
    kind: str
    is_listed: bool
    end: int


class Carried(NamedTuple):
    """A company carried over: the pronoun's span, empty at 0 where there is none."""

    start: int
    end: int
    company: str


def carried_over(
    folded: Sequence[str], known: Sequence[Sequence[Known]], opening: Sequence[bool]
) -> list[list[Carried]]:
    """Resolve pronouns and elisions against the sentence before.

    Args:
        folded: The sentences of one article, folded.
        known: What each of them names, in order.
        opening: Whether each opens a section, as its heading. Where the article is about several
            companies, such a heading leaves out none of the section before.

    Returns:
        For each sentence the companies it speaks of without naming them.
    """
    about: str | None = None
    speaker: str | None = None
    unlisted = {name.company for names in known for name in names if not name.is_listed}
    result: list[list[Carried]] = []
    is_of_one = _subject([name for names in known for name in names]) is not None
    for (before, text), names, opens in zip(pairwise(("", *folded)), known, opening, strict=True):
        if not (names or about or speaker):
            result.append([])
            continue
        named = {name.company for name in names}
        found = [
            Carried(start, end, company)
            for start, end, company in _pronouns(text, names, about, speaker, before)
            if company not in named
            and not (company in unlisted and _is_about_shares(text, start, end))
            and (end or is_of_one or not opens)
        ]
        result.append(found)
        resolved = [c.company for c in found if c.company != speaker]
        named_here = resolved[0] if resolved else _spoken_of(text, names, about)
        is_open = about not in (None, named_here) and not resolved and _asks_host(text)
        about = None if is_open else named_here
        said = [name.company for name in names if name.kind in SPEAKERS]
        speaker = (
            said[-1] if said else (speaker if any(c.company == speaker for c in found) else None)
        )
    return result


def _pronouns(
    text: str, names: Sequence[Known], about: str | None, speaker: str | None, before: str
) -> list[tuple[int, int, str]]:
    if not (about or speaker):
        return []
    found = []
    first = min([name.start for name in names], default=len(text))
    broker = _BROKER.search(text) if speaker else None
    if speaker and broker and broker.start() < first:
        found.append((*broker.span(), speaker))
    if about:
        pronouns = list(_PRONOUN.finditer(text)) if _MAY_BE_PRONOUN.search(text) else []
        meant = next((p for p in pronouns if _means_the_one_before(text, p, names)), None)
        if meant:
            found.append((*meant.span(), about))
        elif not names and not pronouns and has_no_subject(text, before):
            found.append((0, 0, about))
    return found


def _is_of_its_own_sentence(text: str, pronoun: re.Match[str]) -> bool:
    """Whether a pronoun goes back to what its own sentence speaks of and no table knows."""
    begin = pronoun.start()
    if pronoun[0] == "其" and text[begin - 1 : begin] == ",":
        return begin > _FAR or _ONLY_SETTINGS.fullmatch(text, 0, begin) is None
    clauses = _CLAUSE.finditer(text, max(0, begin - _FAR), begin)
    return pronoun[0] in _THE_FIRM and any(opens_with_a_firm(text, at.end()) for at in clauses)


def _asks_host(text: str) -> bool:
    """Whether a sentence asks whom it calls 公司, which need not be the company that it names."""
    return "?" in text[-_LONGEST_CLOSE:] and _HOST.search(text) is not None


def _is_about_shares(text: str, start: int, end: int) -> bool:
    """Whether a pronoun, or a sentence without one, speaks of shares and not of a company."""
    return text[start:end] == "该股" if end else speaks_of_shares(text)


def _means_the_one_before(text: str, pronoun: re.Match[str], names: Sequence[Known]) -> bool:
    """Whether nobody is named before a pronoun but a broker that speaks of whom it means."""
    if _is_of_its_own_sentence(text, pronoun):
        return False
    earlier = [name for name in names if name.start < pronoun.start()]
    if any(name.kind not in _RATERS for name in earlier):
        return False
    if not earlier:
        return True
    if pronoun[0] == "其":
        return _IS_RATED.match(text, pronoun.end()) is not None
    between = text[earlier[0].start : pronoun.start()]
    return _OF_ANOTHER.search(between) is not None and _OF_ITS_OWN.search(between) is None


def _spoken_of(text: str, names: Sequence[Known], before: str | None) -> str | None:
    """The one company that a sentence is about by what it names, if that is the subject of it."""
    company = _subject(names)
    if company in (None, before):
        return company
    named = [name for name in names if name.company == company]
    ends = [0, *(name.end for name in named)]
    if all(map(_is_in_passing, repeat(text), ends, named)):
        return None
    first = named[0].start
    other = _IT.search(text, 0, first) or _PRONOUN.search(text, 0, first)
    return None if other else company


def _is_in_passing(text: str, before: int, name: Known) -> bool:
    if before and name.start - before <= _LONGEST_OWN:
        return True  # as what stands before it is: H800 in 两千张英伟达的H800
    if _AN_EXAMPLE.match(text, name.end):
        return True
    return _IN_PASSING.search(text[max(0, name.start - _LONGEST_BEFORE) : name.start]) is not None


def _subject(names: Sequence[Known]) -> str | None:
    firms = {name.company for name in names if name.kind not in SPEAKERS}
    return firms.pop() if len(firms) == 1 else None
