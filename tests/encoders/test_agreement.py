"""How far encoders agree: what may be asked with another encoder than it was embedded with, and what may not."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esfbot.encoders import E5_SMALL, Vectors, load_encoder, passage_vectors
from esfbot.encoders.agreement import BOUND, Agreement, agreement, places

TEXTS = ["Ungdomar bygger båtar.", "Projektet ska ge fler långtidsarbetslösa ett arbete. " * 6, "Budget", "Anna Ek"]


class Turned:
    """An encoder whose vectors lie in a plane, each ``degrees`` from the first axis."""

    def __init__(self, *degrees: float) -> None:
        self.rows = np.array([[np.cos(np.radians(d)), np.sin(np.radians(d))] for d in degrees], dtype=np.float32)

    def encode_document(self, _sentences: list[str], /) -> Any:
        return self.rows

    encode_query = encode_document


def test_lowest_and_mean() -> None:
    """The least alike counts, and the mean is told."""
    mine: Vectors = Turned(0, 0).rows
    found = agreement(["a", "b"], mine, Turned(0, 60))
    assert found.sampled == 2
    assert (found.lowest, found.mean) == pytest.approx((0.5, 0.75), abs=1e-6)
    assert not found.holds


@pytest.mark.parametrize(
    ("lowest", "holds"), [(1.0, True), (BOUND, True), (BOUND - 1e-4, False), (float("nan"), False)]
)
def test_bound(lowest: float, holds: bool) -> None:
    """At the bound it holds; below it, and for vectors that are no numbers, it does not."""
    assert Agreement(5, lowest, 1.0).holds is holds


def test_no_texts() -> None:
    """Of no texts nothing speaks against."""
    assert agreement([], np.zeros((0, 0), dtype=np.float32), Turned()).holds


def test_another_length() -> None:
    """Vectors of another length have nothing in common."""
    assert agreement(["a", "b"], np.eye(2, 3, dtype=np.float32), Turned(0, 0)) == Agreement(2, 0.0, 0.0)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(lambda encoder, texts: encoder.encode_query(texts), id="the prompt of questions"),
        pytest.param(lambda encoder, texts: encoder.encode_document([text[:30] for text in texts]), id="cut off"),
        pytest.param(lambda encoder, texts: encoder.encode_document(texts)[::-1], id="other texts"),
    ],
)
def test_faults_are_found(changed: Any) -> None:
    """What must not be mixed does not hold, and what is the same does."""
    encoder = load_encoder(E5_SMALL)
    assert agreement(TEXTS, passage_vectors(encoder, TEXTS), encoder).holds
    assert not agreement(TEXTS, changed(encoder, TEXTS), encoder).holds


@given(st.integers(0, 500), st.integers(1, 12))
def test_places(total: int, count: int) -> None:
    """A sample holds different texts, as many as there are or are asked for, the shortest and the longest among
    them."""
    found = places(total, count)
    assert len(set(found)) == len(found) == min(count, total)
    assert found[:1] == list(range(total))[:1]
    assert count == 1 or found[-1:] == list(range(total))[-1:]
