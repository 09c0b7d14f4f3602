"""A sheet's way in: bytes → text → lines told apart → facts, sections and problems → projects."""
