import pytest

from chipstance.models.judging.drifting import Drift, TaskDrift


def task(then: float, now: float, n: int, sure: tuple[float, float] = (0.8, 0.8)) -> TaskDrift:
    return TaskDrift("mood", {"bad": (then, now), "good": (1 - then, 1 - now)}, sure, n)


def test_labels_have_shifted_where_more_moved_than_chance_moves() -> None:
    assert task(0.5, 0.9, 200).moved == pytest.approx(0.4)
    # Two labels, 200 sentences: chance moves sqrt(2 / 800) = 0.05, beside the 0.15 allowed.
    assert not task(0.5, 0.69, 200).labels_shifted
    assert task(0.5, 0.71, 200).labels_shifted
    # Two labels, eight sentences: sqrt(2 / 32) = 0.25.
    assert not task(0.5, 0.89, 8).labels_shifted
    assert task(0.5, 0.91, 8).labels_shifted


def test_verdicts_are_less_sure_where_they_are_so_by_more_than_chance() -> None:
    # 0.05 allowed and 0.25 / sqrt(25) = 0.05 by chance.
    assert not task(0.5, 0.5, 25, (0.8, 0.71)).less_sure
    assert task(0.5, 0.5, 25, (0.8, 0.69)).less_sure
    assert not task(0.5, 0.5, 25, (0.69, 0.8)).less_sure


def drift(then: float | None, now: float, *tasks: TaskDrift) -> Drift:
    return Drift("m", 2, 25, (then, now), (("颱風", 2),), tasks)


@pytest.mark.parametrize(
    ("then", "now", "verdict"),
    [
        (0.1, 0.14, "known"), (0.1, 0.16, "changing"), (0.1, 0.29, "changing"),
        (0.1, 0.31, "unknown"), (None, 0.4, "known"),
        # Where there was hardly anything unseen, one in a hundred is taken for it.
        (0.0, 0.014, "known"), (0.0, 0.04, "unknown"),
        # Who learned from little has met few words then and now.
        (0.45, 0.49, "known"), (0.7, 0.75, "unknown"),
        (0.9, 0.51, "unknown"), (None, 0.9, "unknown"),
    ],
)  # fmt: skip
def test_text_is_another_language_where_unseen_words_come_three_times_as_often(
    then: float | None, now: float, verdict: str
) -> None:
    assert drift(then, now, task(0.5, 0.5, 25)).verdict == verdict


def test_a_shift_of_one_task_is_a_change() -> None:
    assert drift(0.1, 0.1, task(0.5, 0.5, 25), task(0.1, 0.9, 25)).verdict == "changing"
    assert drift(0.1, 0.1, task(0.5, 0.5, 25, (0.9, 0.5))).verdict == "changing"


def test_drift_as_plain_values() -> None:
    said = drift(0.123456, 0.2, task(0.5, 0.51234567, 25, (0.812345, 0.8))).as_json()
    assert said == {
        "model": "m", "articles": 2, "sentences": 25, "verdict": "changing",
        "unseen_words": {"training": 0.1235, "now": 0.2},
        "unseen_terms": [{"term": "颱風", "n": 2}],
        "tasks": {"mood": {
            "labels": {
                "bad": {"training": 0.5, "now": 0.5123}, "good": {"training": 0.5, "now": 0.4877},
            },
            "labels_moved": 0.0123, "labels_shifted": False,
            "confidence": {"training": 0.8123, "now": 0.8}, "less_sure": False,
        }},
    }  # fmt: skip
    assert drift(None, 0.2).as_json()["unseen_words"]["training"] is None
