"""Models of sentence-transformers on OpenVINO, which embeds several times as fast on a processor.

A model is traced whole, from the ids of the pieces that a text is cut into to the vector of the text, so neither torch
nor sentence-transformers is there when it runs. Sentence-transformers' own back-end of this name needs optimum-intel,
which forbids transformers from 5.6 on.
"""

import importlib.util
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from esfbot.encoders.sentence import quiet, reason
from esfbot.errors import EncoderError

if TYPE_CHECKING:
    import openvino
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

    from esfbot.encoders.encoder import Vectors

_NEEDED = ("openvino", "nncf", "sentence_transformers")
_GRAPH, _TOKENIZER = "graph.xml", "tokenizer.json"
# On two cores 8 or 16 texts at once are fastest, one batch after the other on all cores: 32 take a sixth longer a text,
# 64 a quarter; two batches side by side gain nothing.
_BATCH = 16
# Texts that show what numbers flow through a model before it is made int8. From 64 on, vectors stay as near to the
# model's own as with as many real passages; with 16 they are half as far again from it.
_SHOWN, _SHORTEST, _LONGEST = 64, 20, 300
# How much of the spread of those numbers is moved into the weights: with 0.7 vectors stay nearest, with nncf's own 0.95
# they are half as far again from the model's own.
_SMOOTHED = 0.7


class OpenVino:
    """A model on OpenVINO. It computes in bfloat16 where the processor does, else in float32; one call at a time."""

    def __init__(self, graph: "openvino.Model | Path", tokenizer: "Tokenizer", prompts: Mapping[str, str]) -> None:
        """Take the graph into use; ``tokenizer`` cuts off and fills up, ``prompts`` stand before
        texts, of a "query" and of a "document".

        Raises EncoderError where OpenVINO can't.
        """
        try:
            import openvino

            self._request = openvino.Core().compile_model(graph, "CPU").create_infer_request()
        except Exception as error:  # a processor that it does not know, a graph that a later OpenVINO wrote
            raise _refused(error) from error
        self._tokenizer = tokenizer
        self._prompts = prompts
        self._lock = threading.Lock()

    @classmethod
    def from_folder(cls, folder: Path, prompts: Mapping[str, str]) -> "OpenVino":
        """Load what `write_graph` wrote."""
        from tokenizers import Tokenizer

        return cls(folder / _GRAPH, Tokenizer.from_file(str(folder / _TOKENIZER)), prompts)

    def encode_query(self, sentences: list[str], /) -> "Vectors":
        """See `Encoder`."""
        return self._encode(self._prompts["query"], sentences)

    def encode_document(self, sentences: list[str], /) -> "Vectors":
        """See `Encoder`."""
        return self._encode(self._prompts["document"], sentences)

    def _encode(self, prompt: str, texts: list[str]) -> "Vectors":
        import numpy as np

        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors: dict[int, Any] = {}
        for at in range(0, len(texts), _BATCH):
            rows = order[at : at + _BATCH]
            pieces = self._tokenizer.encode_batch([prompt + texts[i] for i in rows])
            with self._lock:
                found = self._request.infer(_inputs([p.ids for p in pieces], [p.attention_mask for p in pieces]))
                vectors.update(zip(rows, found[0].copy(), strict=True))
        return np.array([vectors[i] for i in range(len(texts))], dtype=np.float32)


def require_openvino() -> None:
    """Raise EncoderError unless all that `write_graph` and `OpenVino` need is installed."""
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise EncoderError(
            f"what OpenVINO needs is not installed: {' and '.join(missing)}",
            "the extra esfbot[openvino]",
            "Run: pip install 'esfbot[openvino]'",
        )
    # Both openvino and nncf tell their makers, over the network, that they are imported. Without it they can't.
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type] # so it can't be imported


def on_openvino(model: "SentenceTransformer", *, int8: bool) -> OpenVino:
    """Put a model on OpenVINO. Raises EncoderError for one that can't be traced."""
    tokenizer = _tokenizer(model)
    prompts = {name: model.prompts.get(name) or "" for name in ("query", "document")}
    return OpenVino(_graph(model, tokenizer, int8=int8), tokenizer, prompts)


def write_graph(model: "SentenceTransformer", folder: Path, *, int8: bool) -> None:
    """Write to ``folder`` what OpenVINO needs of a model but its prompts. Raises EncoderError."""
    import openvino

    tokenizer = _tokenizer(model)
    openvino.save_model(_graph(model, tokenizer, int8=int8), folder / _GRAPH)
    tokenizer.save(str(folder / _TOKENIZER))


def _tokenizer(model: "SentenceTransformer") -> "Tokenizer":
    """The model's tokenizer with its longest text and its padding set."""
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_str(model.tokenizer.backend_tokenizer.to_str())
        if model.max_seq_length:
            tokenizer.enable_truncation(model.max_seq_length)
        given = model.tokenizer
        tokenizer.enable_padding(direction=given.padding_side, pad_id=given.pad_token_id, pad_token=given.pad_token)
    except Exception as error:
        raise _refused(error) from error
    return tokenizer


def _graph(model: "SentenceTransformer", tokenizer: "Tokenizer", *, int8: bool) -> "openvino.Model":
    import openvino
    import torch

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.model({"input_ids": input_ids, "attention_mask": attention_mask})["sentence_embedding"]

    pieces = tokenizer.encode_batch(["Two texts", "and one of them is longer, so that the other is filled up"])
    example = _inputs([p.ids for p in pieces], [p.attention_mask for p in pieces])
    try:
        with quiet(), torch.no_grad():
            model.to("cpu")
            tensors = {name: torch.from_numpy(numbers) for name, numbers in example.items()}
            graph = openvino.convert_model(Whole().eval(), example_input=tensors)
            return _as_int8(graph, tokenizer) if int8 else graph
    except Exception as error:  # whatever tracing meets in the model's code
        raise _refused(error) from error


def _as_int8(graph: "openvino.Model", tokenizer: "Tokenizer") -> "openvino.Model":
    import nncf
    from nncf.quantization.advanced_parameters import AdvancedQuantizationParameters, AdvancedSmoothQuantParameters

    return nncf.quantize(
        graph,
        nncf.Dataset(list(_shown(tokenizer))),
        subset_size=_SHOWN,
        model_type=nncf.ModelType.TRANSFORMER,
        advanced_parameters=AdvancedQuantizationParameters(
            disable_bias_correction=True,  # it takes a third of the time, and brings vectors no nearer
            smooth_quant_alphas=AdvancedSmoothQuantParameters(matmul=_SMOOTHED),
        ),
    )


def _shown(tokenizer: "Tokenizer") -> Iterator[dict[str, Any]]:
    """Texts of random pieces, always the same, the first in the vocabulary most often, as it begins with the commonest.
    Real passages would do no better, and the model would depend on whose they are."""
    import numpy as np

    chance = np.random.default_rng(0)
    frame = tokenizer.encode("").ids  # marks for beginning and end
    last = np.log(tokenizer.get_vocab_size() - 1)
    longest = min(_LONGEST, (tokenizer.truncation or {}).get("max_length", _LONGEST) - len(frame))
    for length in chance.integers(min(_SHORTEST, longest - 1), longest, _SHOWN):
        pieces = np.exp(chance.uniform(np.log(4), last, length)).astype(int).tolist()
        ids = [*frame[:-1], *pieces, *frame[-1:]]
        yield _inputs([ids], [[1] * len(ids)])


def _inputs(ids: list[list[int]], mask: list[list[int]]) -> dict[str, Any]:
    import numpy as np

    return {"input_ids": np.array(ids, dtype=np.int64), "attention_mask": np.array(mask, dtype=np.int64)}


def _refused(error: Exception) -> EncoderError:
    return EncoderError(
        f"the model can't be put on OpenVINO ({reason(error)})",
        "a model of sentence-transformers that begins with a transformer",
        "Set ESFBOT_BACKEND to torch.",
    )
