"""Longer words that hold a name and mean something else: 高通膨 for 高通, 中美光 for 美光.

One that is the name and a single character more may be there by its characters only: 中美光 would
cut 其中 in two in 其中|美光, and 高通量 would cut 量產 in 高通|量產. There the name is meant.
"""

from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

from chipstance.articles.normalising.fold import fold
from chipstance.companies.common_words import word_set

# Words of two characters that stand before companies in the news, and behind them; folded.
_BEFORE = word_set(
    """
    其中 当中 股中 厂中 商中 者中 业中 今日 昨日 近日 日本 今年 去年 明年 目前 此前 早前 日前 先前
    法人 外资 厂商 应商 股东 公司 表示
    """
) | {
    first + second
    for firsts, seconds in (("周期拜", "一二三四五六"), ("0123456789", "日年"))
    for first, second in product(firsts, seconds)
}
_BEHIND = word_set(
    """
    大涨 大跌 大升 大挫 大增 大减 大赚 大亏 上涨 上升 上扬 上调 上修 上市 上季 上周 上月 上半 上午
    下跌 下挫 下滑 下调 下修 下季 下半 下周 下月 小涨 小跌 小升 高开 高收 高阶 高层 高管 收盘 收报
    收涨 收跌 收购 现价 调升 调降 调涨 站上 站稳 表示 表明 成为 成功 成长 成立 成交 显示 评估 建议
    预期 预估 预计 期望 期待 期货 关注 强调 本季 本周 本月 一季 二季 三季 四季 年增 年减 年度 年底
    年初 年报 月营 月增 月减 明年 明日 明天 明显 日前 即将 之前 之后 之间 来自 过去 环比 量产 出货
    出售 出席 合并 合作 合资 合约 合计 布局 部署 设厂 设立 经营 交出 分别 产品 行情 行动 营收 营运
    营业 业绩 业务 获利 获准 加码 加入 受惠 受压 受累 受挫 力拼 力守 力推 力争 力抗 力压 派息 派出
    创新 创高 创下 平均 影响 景气 关税 科技 国际 资本 资产 资讯 人士 人员 人寿 员工 子公 法说 法人
    机构 方面 面临 面对 面板 面向 数据 数位 线上 路线 路由 手机 手握 手游 用户 车用 车载 园区 事业
    起诉 起家 大股 股价 股东 市场 市值 利润 国内 联手 本身 日本 通过 台湾 台南 入股 达成
    """
)


class Longer(NamedTuple):
    """A longer word, folded.

    Attributes:
        word: Its characters.
        before: How many of them stand before the name.
        doubtful: Whether the name may be meant all the same, so that the article has to tell.
    """

    word: str
    before: int
    doubtful: bool


def longer_words(not_in: Iterable[str], name: str) -> tuple[Longer, ...]:
    """The words of a table's cell `not_in` that hold a name, folded."""
    folded = [(fold(each.rstrip("?")), each.endswith("?")) for each in not_in]
    return tuple([Longer(word, word.find(name), mark) for word, mark in folded if name in word])


def standing(longer: Iterable[Longer], folded: str, start: int, end: int) -> list[Longer]:
    """Those longer words that stand around the name at `start` to `end` of a folded text.

    >>> longer = longer_words(["高通量"], "高通")
    >>> [len(standing(longer, text, 0, 2)) for text in ("高通量测序", "高通量产")]
    [1, 0]
    """
    return [
        each
        for each in longer
        # Where the text begins too late for the word, too little of it is left.
        if folded.startswith(each.word, start - each.before) and not _cuts(each, folded, start, end)
    ]


def _cuts(longer: Longer, folded: str, start: int, end: int) -> bool:
    if len(longer.word) - (end - start) > 1:
        return False
    if longer.before:
        return folded[max(0, start - 2) : start] in _BEFORE
    return folded[end : end + 2] in _BEHIND
