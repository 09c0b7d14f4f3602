"""What an exception was, without what it says."""

import traceback
from pathlib import PurePath

_PLACES = 3  # of a traceback: enough to find the code, few enough for a line


def outline(error: BaseException | None) -> str:
    """Return the type of ``error`` and of what caused it, and where each was raised, but no word of their messages."""
    parts = []
    while error is not None:
        frames = reversed(traceback.extract_tb(error.__traceback__)[-_PLACES:])
        places = ", ".join(f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
        parts.append(f"{type(error).__name__} at {places}" if places else type(error).__name__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return " caused by ".join(parts)
