"""The errors a user can cause; the command line turns each into one line."""


class ChipstanceError(Exception):
    """Something is wrong with what the user gave; the message is one line and says what to do."""


class InputError(ChipstanceError):
    """An article, or a row of a file of articles, cannot be read."""


class UnreachedError(InputError):
    """A file of articles is not there or cannot be opened, which may be mended outside it."""


class CompanyTableError(ChipstanceError):
    """A company table breaks a rule."""


class LabelError(ChipstanceError):
    """A label file, or a row of it, cannot be used."""


class ModelError(ChipstanceError):
    """A model folder is missing, damaged or made for another version."""


class StoppedError(ChipstanceError):
    """A run was stopped; the message says what is kept.

    Attributes:
        status: Exit status, as the shell counts a program that a signal ended.
    """

    def __init__(self, message: str, status: int = 130) -> None:
        """Take the message; the status is that of Ctrl-C unless another is given."""
        super().__init__(message)
        self.status = status

    @classmethod
    def by(cls, asked: KeyboardInterrupt | SystemExit, message: str) -> "StoppedError":
        """What becomes of a run that Ctrl-C stopped, or a signal with an exit status of its own."""
        code = asked.code if isinstance(asked, SystemExit) else None
        return cls(message, code) if isinstance(code, int) else cls(message)
