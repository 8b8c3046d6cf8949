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
    """The user stopped a run; the message says what is kept."""
