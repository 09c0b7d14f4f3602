"""A question's way out: a `Query` looked up in the store and made into an `Answer`."""
