"""Where an error happened, without a word of what it says: the words may quote what people wrote."""

from __future__ import annotations

import traceback


def places_of(error: BaseException) -> list[str]:
    """Where an error passed through, innermost last: file, line and function, and nothing of its values."""
    return [f"{frame.filename}:{frame.lineno}:{frame.name}" for frame in traceback.extract_tb(error.__traceback__)[-8:]]
