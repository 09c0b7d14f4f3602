"""What `esfbot ask` does with a question of the narrative, done with sentence-transformers and its default torch.

    python benchmarks/with_sentence_transformers.py MODEL VECTORS TEXTS QUESTION

VECTORS is a matrix as numpy saves it, TEXTS a JSON list of as many passages. Prints the passage
nearest to the question.
"""

import json
import sys
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer


def main() -> None:
    """Load, encode, compare, print."""
    model, vectors, texts, question = sys.argv[1:]
    vector = SentenceTransformer(model).encode_query([question], normalize_embeddings=True)[0]
    scores = np.load(vectors) @ vector
    print(json.loads(Path(texts).read_text(encoding="utf-8"))[int(np.argmax(scores))])


if __name__ == "__main__":
    main()
