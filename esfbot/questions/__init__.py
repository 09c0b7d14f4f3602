"""A question's way in: text and conversation → words told apart → a `Query`."""
