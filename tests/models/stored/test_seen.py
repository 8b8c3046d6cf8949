import pytest

from chipstance.models.stored.seen import text_digests, unseen_share


def test_a_word_that_comes_often_in_one_part_alone_counts_each_time() -> None:
    # Five articles are five parts; 颱風 comes twice, both in one of them.
    texts = [["股價"], ["股價"], ["股價"], ["股價", "颱風", "颱風"], ["股價"]]
    assert unseen_share(texts, list("abcde")) == pytest.approx(2 / 7)
    assert unseen_share([[], [], [], [], []], list("abcde")) is None


def test_a_text_is_the_same_whatever_its_width_case_and_white_space() -> None:
    one, two, other = text_digests(["ＴＳＭＣ　漲 3%", "tsmc涨3%", "tsmc漲4%"]).tolist()
    assert one == two != other
