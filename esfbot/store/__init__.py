"""Where facts, passages, names and vectors are kept and looked up."""
