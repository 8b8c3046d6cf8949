"""Where models are kept: in a folder of the user's, or where an environment variable says."""

import os
import sys
from pathlib import Path

ENVIRONMENT = "CHIPSTANCE_MODELS"


def store() -> Path:
    """The folder that models are kept in; it need not be there yet."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        return Path(named).expanduser().absolute()
    return _user_data() / "models"


def _user_data() -> Path:
    """The folder of the user's that data of this package is for, as `platformdirs` has it."""
    if sys.platform == "linux":
        # Importing the library takes a twentieth of a start; where all is as usual it says this.
        given, home = os.environ.get("XDG_DATA_HOME", ""), os.environ.get("HOME", "")
        if os.path.isabs(given):
            return Path(given, "chipstance")
        if os.path.isabs(home):
            return Path(home, ".local", "share", "chipstance")
    from platformdirs import user_data_path

    return user_data_path("chipstance", appauthor=False)
