"""Where models are kept: in a folder of the user's, or where an environment variable says."""

import os
import sys
from pathlib import Path

from chipstance.errors import ModelError

ENVIRONMENT = "CHIPSTANCE_MODELS"


def store() -> Path:
    """The folder that models are kept in; it need not be there yet.

    Raises:
        ModelError: It is said to be in the home of somebody who is not known here.
    """
    named = os.environ.get(ENVIRONMENT)
    if named:
        try:
            return Path(named).expanduser().absolute()
        except RuntimeError:
            raise ModelError(f"{ENVIRONMENT}={named}: whose home is that? name a folder") from None
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
