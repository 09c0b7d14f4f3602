"""Encoders: texts made into vectors whose dot product is their likeness in meaning.

An encoder is anything with `encode_query` and `encode_document`, the two methods of a `SentenceTransformer`, so any of
those fits as it is. Encoders are imported only when one is loaded: a question about a fact needs none.
"""

from esfbot.encoders.encoder import E5_SMALL, SENTENCE_TRANSFORMERS, Encoder, Vectors, passage_vectors, query_vector
from esfbot.encoders.load import load_encoder

__all__ = [
    "E5_SMALL",
    "SENTENCE_TRANSFORMERS",
    "Encoder",
    "Vectors",
    "load_encoder",
    "passage_vectors",
    "query_vector",
]
