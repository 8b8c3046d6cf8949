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
        if self._file is None:
            self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (lives as long as this does)
        data = text.encode("utf-8", "replace")
        place = self._end
        self._file.seek(place)
        self._file.write(len(data).to_bytes(_LENGTH) + data)
        self._end += _LENGTH + len(data)
        return place

    def get(self, place: int) -> str:
        """The text at a place."""
        if self._file is None:
            raise KeyError(place)
        self._file.seek(place)
        length = int.from_bytes(self._file.read(_LENGTH))
        return self._file.read(length).decode("utf-8")
