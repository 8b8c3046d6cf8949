"""Whether a text is long enough to be worked on by numpy, and to import it for."""

import sys

# Below this many characters importing numpy costs more than it saves; below `_LEAST` calling it.
WORTH_IT = 20_000
_LEAST = 200


def worth_it(characters: int) -> bool:
    """Whether so many characters are worked on sooner as an array."""
    return characters >= (_LEAST if "numpy" in sys.modules else WORTH_IT)
