"""The packages that read other kinds of files than text, loaded when one is met."""

import importlib
from typing import Any

from esfbot.errors import SheetRefused


def load(module: str, name: str) -> Any:
    """Return the ``module`` that reads the file ``name``. Raises SheetRefused where it is not installed."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        package = module.partition(".")[0]
        raise SheetRefused(
            f"{name} can't be read without {package}", "it to be installed", "Run: pip install 'esfbot[formats]'"
        ) from error
