"""From a folder of sheets to a new generation of embeddings: what changed, its vectors, and the moment it goes live."""
