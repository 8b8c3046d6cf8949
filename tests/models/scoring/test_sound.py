import numpy as np

from chipstance.models.scoring.sound import is_sound


def sound(**other: object) -> bool:
    """A trie of the two n-grams 一 and 一丁, three slots behind its root."""
    arrays: dict[str, object] = {
        "alphabet": np.array([0x4E00, 0x4E01], np.uint32),
        # Parent in the upper half; base in the lower: the child of slot 1 by code 2 is 1 + 2.
        "nodes": np.array([-1 << 32, 0 << 32 | 1, 0 << 32 | 1, 1 << 32, -1 << 32], np.int64),
        "rows": np.array([0, 1, 0, 1, 0], np.uint32),
        "weights": np.ones((2, 3), np.float32),
    }
    return is_sound(**(arrays | other))  # type: ignore[arg-type]


def test_a_trie_that_leads_nowhere_or_in_circles_is_not_sound() -> None:
    nodes = [-1 << 32, 0 << 32 | 1, 0 << 32 | 1, 1 << 32, -1 << 32]

    def with_node(at: int, value: int) -> bool:
        return sound(nodes=np.array([*nodes[:at], value, *nodes[at + 1 :]], np.int64))

    assert sound()
    assert not with_node(3, 3 << 32)  # its own parent
    assert not with_node(3, 9 << 32)  # a parent that is not there
    assert not with_node(3, 1 << 32 | 3)  # children behind the end
    assert with_node(3, 1 << 32 | 2)
    assert not with_node(0, 0)  # a root that somebody is the parent of
    assert not with_node(2, 1 << 32)  # a character that does not hang from the root
    assert not sound(alphabet=np.array([0x4E01, 0x4E00], np.uint32))
    assert not sound(alphabet=np.array([0x4E00, 0x4E00], np.uint32))
    assert not sound(alphabet=np.array([0x4E00, 0x110000], np.uint32))
    assert sound(alphabet=np.array([0x4E00, 0x10FFFF], np.uint32))
    assert not sound(rows=np.array([0, 1, 0, 2, 0], np.uint32))
    assert not sound(rows=np.array([0, 1, 0, 1], np.uint32))
    assert not sound(weights=np.array([[1, 1, np.inf], [1, 1, 1]], np.float32))
    assert not sound(weights=np.ones((0, 3), np.float32))
