"""Swedish and English words: folded, split, stemmed, and told apart."""
