"""Words that are no names by themselves, however a table writes them."""


def word_set(text: str) -> frozenset[str]:
    """Split a list of words that is written as running text."""
    return frozenset(text.split())


# Words that the trade's texts are full of; as a bare name each would link everywhere.
COMMON_WORDS = word_set(
    """
    公司 集团 科技 电子 半导体 芯片 晶片 记忆体 内存 国际 控股 股份 银行 证券 投资 创意 全新 大量
    至上 上品 长兴 光环 高技 荣耀 理想 曙光 现代 未来 东方 中国 台湾 香港 美国 市场 产业 云端
    人工智能 精测 先进 世界 统一 第一 国泰 中信 长江 天马 安国 元宝 夸克 新力 电装 浪潮 ai it gpu
    cpu eps adr ceo cfo app ic pc ev etf ipo api llm hbm dram nand asic soc usb wifi on now all net
    arm's apple's core form fast open next key team snow
    """
)
