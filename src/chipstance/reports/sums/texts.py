"""Texts kept outside memory: written once in a row, read again by place."""

from tempfile import SpooledTemporaryFile

# A desk's morning stays in memory; an archive of a million sentences goes to a temporary file.
_IN_MEMORY = 64 * 2**20
_LENGTH = 4


class Texts:
    """A store that texts are added to; the place of each is its key.

    >>> texts = Texts()
    >>> places = [texts.add(text) for text in ("晶片", "股")]
    >>> [texts.get(place) for place in places]
    ['晶片', '股']
    """

    def __init__(self) -> None:
        self._file: SpooledTemporaryFile[bytes] | None = None
        self._end = 0

    def add(self, text: str) -> int:
        """Keep a text.

        Returns:
            Its place, to get it by.
        """
        data = text.encode("utf-8", "replace")
        place = self._end
        self._at(self._end).write(len(data).to_bytes(_LENGTH) + data)
        self._end += _LENGTH + len(data)
        return place

    def append(self, other: "Texts") -> int:
        """Keep all texts of another store too.

        Returns:
            How far their places moved.
        """
        before = self._end
        self._at(self._end).write(other._at(0).read())
        self._end += other._end
        return before

    def get(self, place: int) -> str:
        """The text at a place."""
        if not 0 <= place < self._end:
            raise KeyError(place)
        file = self._at(place)
        length = int.from_bytes(file.read(_LENGTH))
        return file.read(length).decode("utf-8")

    def _at(self, place: int) -> "SpooledTemporaryFile[bytes]":
        """The file at a place."""
        if self._file is None:
            self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (lives as long as this does)
        self._file.seek(place)
        return self._file

    def __getstate__(self) -> dict[str, bytes]:
        return {"texts": self._at(0).read()}

    def __setstate__(self, state: dict[str, bytes]) -> None:
        self._file, self._end = None, len(state["texts"])
        self._at(0).write(state["texts"])
