"""The nouns that everything passes around. These modules import nothing else of the package."""
