"""Passages embedded on another engine than questions are read by: only where both agree, and that is written down."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from esfbot.embed import engine
from esfbot.embed.run import Folder, drafted, embed
from esfbot.errors import EncoderError
from esfbot.store import generations
from esfbot.store.lock import held
from tests.embed.collection import MODEL, CountingEncoder, sheet, write


class Turned(CountingEncoder):
    """Counts words, with every vector a little off."""

    def __init__(self, off: float) -> None:
        super().__init__()
        self._off = off

    def encode_document(self, sentences: list[str]) -> Any:
        rows = super().encode_document(sentences)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        rows[:, 0] += self._off
        return rows


def made(sheets: Path, embeddings: Path, backend: str) -> generations.Manifest:
    """Embed on ``backend``, go live, and return the manifest."""
    folder = Folder.of(sheets)
    with held(embeddings), drafted(folder, embeddings, MODEL, backend=backend) as draft:
        if not draft.same:
            generations.point_to(embeddings, draft.finish(draft.manifest))
    return generations.read_manifest(generations.live(embeddings))


@pytest.fixture
def off(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> float:
    """How far the vectors of any back-end are off those of the model's own engine."""
    found: float = request.param
    monkeypatch.setattr(engine, "load_encoder", lambda _, backend="": Turned(found) if backend else CountingEncoder())
    return found


@pytest.mark.parametrize("off", [0.01], indirect=True)
def test_how_far_they_agree_is_in_the_manifest(off: float, sheets: Path, embeddings: Path) -> None:
    """The manifest names the engine and tells how alike the vectors are on a sample."""
    manifest = made(sheets, embeddings, "openvino")
    assert manifest.backend == "openvino"
    assert manifest.agreement
    assert manifest.agreement["sampled"] == manifest.passages == 7
    assert 0.995 < manifest.agreement["lowest"] < 1


@pytest.mark.parametrize("off", [0.5], indirect=True)
def test_too_far_apart(off: float, sheets: Path, embeddings: Path) -> None:
    """Vectors that questions can't be compared with never go live; the error says how far off they are."""
    embed(sheets, embeddings, MODEL)
    before = generations.live(embeddings)
    write(sheets, {"alfa.txt": sheet("Almen", "Ett nytt projekt.")})
    with pytest.raises(
        EncoderError, match=r"made on openvino.* 0\.\d+; expected a cosine of 0\.995.*Unset ESFBOT_BACKEND"
    ):
        made(sheets, embeddings, "openvino")
    assert generations.live(embeddings) == before
    assert generations.check(before).backend == ""


@pytest.mark.parametrize("off", [0.5], indirect=True)
def test_too_far_apart_the_second_time(off: float, sheets: Path, embeddings: Path) -> None:
    """Vectors kept of a run that was refused are refused again, though nothing has to be embedded."""
    for _ in range(2):
        with pytest.raises(EncoderError, match=r"made on openvino"):
            made(sheets, embeddings, "openvino")
    assert made(sheets, embeddings, "").agreement is None


@pytest.mark.parametrize("off", [0.01], indirect=True)
def test_broken_off(off: float, sheets: Path, embeddings: Path) -> None:
    """What was embedded by a run that did not end is compared, and named, by the one that uses it."""
    with held(embeddings), drafted(Folder.of(sheets), embeddings, MODEL, backend="openvino") as draft:
        assert draft.made.embedded == 7
    manifest = made(sheets, embeddings, "openvino")
    assert (manifest.backend, manifest.agreement) == ("openvino", draft.manifest.agreement)


@pytest.mark.parametrize("off", [0.01], indirect=True)
def test_some_on_each(off: float, sheets: Path, embeddings: Path) -> None:
    """Where some passages were embedded on another engine, the manifest goes on saying so."""
    first = made(sheets, embeddings, "openvino")
    write(sheets, {"alfa.txt": sheet("Almen", "Ett nytt projekt.")})
    second = made(sheets, embeddings, "")
    assert (second.backend, second.agreement) == ("openvino", first.agreement)
    write(sheets, {"beta.txt": sheet("Boken", "Ett till.")})
    third = made(sheets, embeddings, "openvino-int8")
    assert third.backend == "openvino-int8"
    assert third.agreement != first.agreement


@pytest.mark.parametrize("off", [0.01], indirect=True)
def test_own_engine(off: float, sheets: Path, embeddings: Path) -> None:
    """On the model's own engine there is nothing to compare."""
    manifest = made(sheets, embeddings, "")
    assert (manifest.backend, manifest.agreement) == ("", None)
