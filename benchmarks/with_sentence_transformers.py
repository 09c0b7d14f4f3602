"""What `esfbot ask` does with a question of the narrative, done with sentence-transformers and its default torch.

    python benchmarks/with_sentence_transformers.py MODEL TEXTS VECTORS            embed the passages
    python benchmarks/with_sentence_transformers.py MODEL TEXTS VECTORS QUESTION   print the passage nearest to it

TEXTS is a JSON list of passages, VECTORS a file for their vectors.
"""

import json
import sys
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer


def main() -> None:
    """Load, encode, compare, print."""
    model = SentenceTransformer(sys.argv[1])
    texts = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    vectors = Path(sys.argv[3])
    if len(sys.argv) == 4:
        np.save(vectors, model.encode_document(texts, normalize_embeddings=True))
        return
    scores = np.load(vectors) @ model.encode_query([sys.argv[4]], normalize_embeddings=True)[0]
    print(texts[int(np.argmax(scores))])


if __name__ == "__main__":
    main()
