import pytest

from chipstance.labels.rows import LabelRow
from chipstance.models.labelling.suggesting import Doubt, pick


def row(text: str, article: str = "a") -> LabelRow:
    return LabelRow(text, {}, None, article)


def doubt(p: float, label: str = "x", task: str = "mood") -> Doubt:
    return Doubt(task, task, (label, p), ("z", 1 - p))


def test_the_least_sure_of_equally_new_sentences_comes_first() -> None:
    rows = [row("甲乙丙丁", "a"), row("戊己庚辛", "b"), row("子丑寅卯", "c")]
    picks = pick(rows, [[doubt(0.9)], [doubt(0.55)], [doubt(0.7)]], [], 3)
    assert [each.at for each in picks] == [1, 2, 0]
    assert picks[0].why[0] == "mood: x 55% or z 45%"


def test_what_is_unlike_anything_known_comes_first_of_the_equally_unsure() -> None:
    rows = [row("甲乙丙丁", "a"), row("戊己庚辛", "b")]
    picks = pick(rows, [[doubt(0.6)], [doubt(0.6)]], ["甲乙丙丁戊"], 2)
    assert [each.at for each in picks] == [1, 0]
    # All three pairs of the first pick are new, none of the other's.
    assert [each.novelty for each in picks] == [1.0, 0.0]
    assert "new: 戊己庚辛" in picks[0].why


def test_of_two_copies_one_is_picked_late() -> None:
    rows = [row("甲乙丙丁", "a"), row("甲乙丙丁", "b"), row("戊己庚辛", "c")]
    picks = pick(rows, [[doubt(0.6)]] * 3, [], 3)
    assert {picks[0].at, picks[1].at} in ({0, 2}, {1, 2})


def test_picks_are_spread_over_articles() -> None:
    rows = [row("甲乙丙丁", "a"), row("戊己庚辛", "a"), row("子丑寅卯", "b")]
    picks = pick(rows, [[doubt(0.6)], [doubt(0.61)], [doubt(0.62)]], [], 2)
    assert [rows[each.at].article for each in picks] == ["a", "b"]


def test_picks_are_spread_over_verdicts() -> None:
    rows = [row(text, text) for text in ("甲乙丙丁", "戊己庚辛", "子丑寅卯")]
    doubts = [[doubt(0.6, "x")], [doubt(0.6, "x")], [doubt(0.6, "y")]]
    picks = pick(rows, doubts, [], 2)
    assert [doubts[each.at][0].first[0] for each in picks] == ["x", "y"]


def test_tasks_of_many_labels_do_not_drown_those_of_two() -> None:
    # Of nine labels none is ever sure; a sentence is as doubtful as its rank within the task.
    rows = [row(text, text) for text in ("甲乙丙丁", "戊己庚辛")]
    many = [Doubt("topic", "topic", ("a", 0.3), ("b", q)) for q in (0.05, 0.1)]
    two = [Doubt("hype", "hype", ("h", p), ("n", 1 - p)) for p in (0.51, 0.99)]
    (first, _) = pick(rows, [[many[0], two[0]], [many[1], two[1]]], [], 2)
    assert first.why[0].startswith(("hype", "topic"))


def test_no_more_is_picked_than_there_is() -> None:
    assert pick([], [], [], 5) == []
    assert len(pick([row("甲")], [[]], [], 5)) == 1


def test_the_first_of_a_label_is_said_to_be_so_and_what_is_left_at_last() -> None:
    rows = [row(text, text) for text in ("甲乙丙丁", "戊己庚辛", "甲乙丙丁戊")]
    picks = pick(rows, [[doubt(0.6, "x")], [doubt(0.9, "y")], [doubt(0.9, "x")]], [], 3)
    assert [each.at for each in picks] == [0, 1, 2]
    assert picks[0].why == ("mood: x 60% or z 40%", "new: 甲乙丙丁")
    assert picks[1].why == ("new: 戊己庚辛", "first with mood y")
    # One pair of four is new, no stretch of three characters, and no verdict close.
    assert picks[2].why == ("the least sure of what is left",)
    assert [each.novelty for each in picks] == [1.0, 1.0, 0.25]
    assert pick(rows, [[], [], []], [], 0) == []


@pytest.mark.parametrize(
    ("text", "known", "why"),
    [
        # Whole words of the text, in its own script, width and case.
        ("新廠將在高雄動工", "新厂将在", "new: 在高雄動工"),
        ("兩家採用ＣｏＷｏＳ封裝", "两家采用", "new: ＣｏＷｏＳ封裝"),
        # What a term of one region is called in another is known, and stands in nobody's way.
        ("記憶體缺貨到年底", "内存", "new: 缺貨到年底"),
        # Signs between words end what is shown, and no word is cut.
        ("Kaohsiung. 雨停了", "Kaohs", "new: Kaohsiung, 雨停了"),
        # Of one length the first comes first, whatever Python makes of a set.
        ("甲乙丙,丁戊己,庚辛壬", "", "new: 甲乙丙, 丁戊己, 庚辛壬"),
        ("\ud800高雄動工", "", "new: 高雄動工"),
        ("跌3.25%", "跌0%", "the least sure of what is left"),
    ],
)
def test_what_is_new_is_said_in_the_words_of_the_text(text: str, known: str, why: str) -> None:
    (picked,) = pick([row(text)], [[]], [known], 1)
    assert picked.why == (why,)
