"""Who 該公司, 該股, 其 or a missing subject is: the one company that the sentence before is about.

A sentence before that names several companies, or none, leaves the pronoun open; nothing is
guessed. One that itself takes up a company by a pronoun is about that company, whoever else it
names: 該公司最大客戶為蘋果. A broker, a paper or a research firm that only speaks stands beside the
company it speaks of and does not make two of one; 該行 is that broker.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from chipstance.companies.elided import has_no_subject
from chipstance.companies.moves.owners import SPEAKERS
from chipstance.patterns import lazily

_BROKER = lazily(r"该(?:行(?!业|为|动)|券商|大行|投行|机构)", hints="该")
# Who 這家南韓晶片商 is; 這家子公司 and 這家合資公司 are others.
_FIRM = (
    r"(?<![子母分])公司|集团|企业|(?:芯片|晶片|制造|设备|代工|封测|设计|开发|厂|电)商|巨头|巨擘|龙头|"
    r"大厂|业者|新创|初创|独角兽"
)
# 公司 and 集團 alone only where a clause begins: 上市公司 and 母公司 are others. 其 too: behind 將
# and 把 it is what the clause is about already, and 其一, 其二 count.
_PRONOUN = lazily(
    r"该(?:公司|集团|股|企业|厂|厂商|芯片商|晶片商|巨头|龙头|大厂|业者|初创)"
    rf"|这家(?!合资|关联|控股|空壳)[^\W的与和及或家]{{0,8}}?(?:{_FIRM})"
    r"|(?:^|(?<=[,;:。!?\"、]))(?:公司|集团)(?!债|法|治理|股份回购)"
    r"|(?:^|(?<=[,;:\"]|[但惟而指称])|(?<=表示)|(?<=[盘市午][前后中]))其(?![中他它次实余后间列一二三四五六七八九十])"
)
_MAY_BE_PRONOUN = lazily(r"[该这其公集]")


class Known(NamedTuple):
    """A company that a sentence names, and its kind in the table."""

    start: int
    company: str
    kind: str


class Carried(NamedTuple):
    """A company carried over: the pronoun's span, empty at 0 where there is none."""

    start: int
    end: int
    company: str


def carried_over(folded: Sequence[str], known: Sequence[Sequence[Known]]) -> list[list[Carried]]:
    """Resolve pronouns and elisions against the sentence before.

    Args:
        folded: The sentences of one article, folded.
        known: What each of them names, in order.

    Returns:
        For each sentence the companies it speaks of without naming them.
    """
    about: str | None = None
    speaker: str | None = None
    result: list[list[Carried]] = []
    for (before, text), names in zip(pairwise(("", *folded)), known, strict=True):
        if not (names or about or speaker):
            result.append([])
            continue
        named = {name.company for name in names}
        found = [
            Carried(start, end, company)
            for start, end, company in _pronouns(text, names, about, speaker, before)
            if company not in named
        ]
        result.append(found)
        resolved = [c.company for c in found if c.company != speaker]
        about = resolved[0] if resolved else _subject(names)
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
        pronoun = _PRONOUN.search(text) if _MAY_BE_PRONOUN.search(text) else None
        if pronoun and pronoun.start() < first:
            found.append((*pronoun.span(), about))
        elif not names and not pronoun and has_no_subject(text, before):
            found.append((0, 0, about))
    return found


def _subject(names: Sequence[Known]) -> str | None:
    firms = {name.company for name in names if name.kind not in SPEAKERS}
    return firms.pop() if len(firms) == 1 else None
