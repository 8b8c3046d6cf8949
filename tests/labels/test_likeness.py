from hypothesis import given
from hypothesis import strategies as st

from chipstance.labels import likeness
from chipstance.labels.rows import LabelRow

A = "台積電三月營收創下單月新高，先進製程需求仍然強勁。"


def row(text: str, where: str = "f: row 1", **labels: str) -> LabelRow:
    return LabelRow(text, labels or {"stance": "neutral"}, None, "a1", where)


def test_a_contradiction_is_told_from_a_mere_duplicate() -> None:
    rows = [row(A), row(A, "f: row 2"), row(A, "f: row 3", stance="bullish")]
    assert [str(each) for each in likeness.duplicates(rows)] == [
        "f: row 2: the same text as f: row 1; delete one"
    ]
    assert [str(each) for each in likeness.contradictions(rows)] == [
        "f: row 3: the same text with other labels as f: row 1; settle on one"
    ]


def test_texts_that_differ_in_numbers_or_a_word_are_near_duplicates() -> None:
    rows = [
        row("聯電第二季營收年增12.5%，毛利率回升到三成以上。"),
        row("聯電第二季營收年增3%，毛利率回升到三成以上。", "f: row 2"),
        row("黃金價格昨日續跌，避險需求降溫。", "f: row 3"),
    ]
    (found,) = likeness.near_duplicates(rows)
    assert str(found).startswith("f: row 2: ")


def test_of_many_that_look_alike_each_is_named_once_beside_the_first() -> None:
    rows = [
        row(f"聯電第{n}季營收年增{n}%，毛利率回升到三成以上。", f"f: row {n}") for n in range(9)
    ]
    rows[4] = row("黃金價格昨日續跌，避險需求降溫。", "f: row 4")
    assert [str(each) for each in likeness.near_duplicates(rows)] == [
        f"f: row {n}: 100% the same as f: row 0" for n in (1, 2, 3, 5, 6, 7, 8)
    ]


@given(st.lists(st.text("甲乙", max_size=12), max_size=8))
def test_near_duplicates_are_those_whose_sets_of_four_characters_are(texts: list[str]) -> None:
    rows = [row(text, f"f: row {n}") for n, text in enumerate(texts)]
    sets = [{text[at : at + 4] for at in range(len(text) - 3)} for text in texts]
    expected = []
    for later, text in enumerate(texts):
        alike = [len(sets[later] & one) / max(1, len(sets[later] | one)) for one in sets[:later]]
        near = [at for at, much in enumerate(alike) if much >= likeness.NEAR and texts[at] != text]
        if near:
            expected.append(f"f: row {later}: {alike[near[0]]:.0%} the same as f: row {near[0]}")
    assert [str(each) for each in likeness.near_duplicates(rows)] == expected


def test_rows_like_one_row_in_one_way_are_a_group_and_others_are_not() -> None:
    first, *others = [row(A, f"f: row {n}") for n in range(8)]
    same = [likeness.Alike(each, first, "the same text as") for each in others[:5]]
    near = [likeness.Alike(each, first, "the same as", 0.7) for each in others[5:]]
    assert list(likeness.grouped([*same, *near])) == [
        ("f: row 1: the same text as f: row 0", 1),
        ("f: row 2: the same text as f: row 0", 1),
        ("f: row 3: the same text as f: row 0 (and 2 more)", 3),
        ("f: row 6: 70% the same as f: row 0", 1),
        ("f: row 7: 70% the same as f: row 0", 1),
    ]
