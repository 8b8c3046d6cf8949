"""Pieces put together: small groups first, none lost, none waiting for standard input."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chipstance.runs.groups import grouped, stamp
from chipstance.runs.pieces import Piece


def pieces(n: int) -> list[Piece]:
    return [Piece((f"{number}.txt",), f"stamp {number}") for number in range(n)]


@given(st.integers(0, 100))
def test_every_piece_is_in_one_group_in_order(n: int) -> None:
    assert [piece for group in grouped(pieces(n)) for piece in group] == pieces(n)


def test_groups_grow_with_the_run_and_end_at_four_pieces() -> None:
    sizes = [len(group) for group in grouped(pieces(100))]
    assert sizes[:16] == [1] * 16
    assert sizes[16:24] == [2] * 8
    assert max(sizes) == sizes[-2] == 4


def test_standard_input_is_not_kept_waiting() -> None:
    def feed() -> Iterator[Piece]:
        yield from pieces(50)
        yield Piece(("-",), "")
        pytest.fail("asked for more")

    found = grouped(feed())
    assert any(group[-1].paths == ("-",) for group in found)


def test_a_changed_piece_changes_the_stamp_of_its_group() -> None:
    one, two, other = pieces(3)
    assert stamp((one, two)) == stamp((one, two))
    assert len({stamp((one, two)), stamp((one, other)), stamp((one,))}) == 3
