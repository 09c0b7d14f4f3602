"""The tables, the same in every database. Words and vectors are indexed by each back-end in its own way."""

from sqlalchemy import JSON, Boolean, Column, Float, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

projects = Table(
    "projects",
    metadata,
    Column("id", String, primary_key=True),
    Column("place", Text, nullable=False),  # sorts as the sheets do
    Column("title", Text, nullable=False),
    Column("sheets", JSON, nullable=False),
    Column("problems", JSON, nullable=False),  # what its sheets disagree on
)

sheets = Table(
    "sheets",
    metadata,
    Column("name", String, primary_key=True),
    Column("digest", String, nullable=False),  # of its file's bytes
    Column("identity", JSON, nullable=False),  # see esfbot.model.project.Identity
    Column("problems", JSON, nullable=False),
    Column("redacted", Boolean, nullable=False),  # whether a withheld person stands on it
    Column("text", Text, nullable=False),  # as published, its lines joined by newlines
)

refusals = Table(
    "refusals",
    metadata,
    Column("name", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("found", Text, nullable=False),
    Column("expected", Text, nullable=False),
    Column("action", Text, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("project", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("field", String, nullable=False),
    Column("value", JSON, nullable=False),
    Column("number", Float),  # see esfbot.fields.measures
    Column("folded", Text, nullable=False),  # without case and diacritics: to compare texts
    Column("key", String, nullable=False, index=True),
    Column("published", Text, nullable=False),
    Column("sheet", String, nullable=False),
    Column("line", Integer, nullable=False),
    Column("group", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("disputed", Boolean, nullable=False),
    Index("facts_by_value", "field", "folded"),
)

measures = Table(
    "measures",
    metadata,
    Column("project", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("number", Float, nullable=False),  # see esfbot.fields.measures
    Index("measures_by_number", "field", "number"),
)

sections = Table(
    "sections",
    metadata,
    Column("project", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sheet", String, nullable=False),
    Column("line", Integer, nullable=False),
)

places = Table(
    "places",
    metadata,
    Column("project", String, primary_key=True),
    Column("code", String, primary_key=True, index=True),
    Column("kind", String, nullable=False),
    Column("sheet", String, nullable=False),
    Column("line", Integer, nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True),  # the row of its vector
    Column("project", String, nullable=False, index=True),
    Column("section", Integer, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sheet", String, nullable=False),
    Column("line", Integer, nullable=False),
    Column("key", String, nullable=False, index=True),
)

spread = Table(
    "spread",
    metadata,
    Column("stem", String, primary_key=True),
    Column("passages", Integer, nullable=False),  # in how many it occurs
    sqlite_with_rowid=False,
)

project_names = Table(
    "project_names",
    metadata,
    Column("project", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("folded", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("place", Text, nullable=False),  # sorts as the sheets do, and within one as its facts
    Index("project_names_by_name", "field", "folded"),
    sqlite_with_rowid=False,
)

names = Table(
    "names",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("field", String, nullable=False),
    Column("folded", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("size", Integer, nullable=False),  # words
    Column("projects", JSON, nullable=False),  # all that have it
    Column("place", Text, nullable=False),  # of the first of them
    Column("joined", Text, nullable=False, index=True),  # the words without spaces, as some people write them
    Index("names_by_name", "field", "folded", unique=True),
)

name_words = Table(
    "name_words",
    metadata,
    Column("word", String, primary_key=True),
    Column("uses", Integer, nullable=False),  # names of projects in which it stands
    sqlite_with_rowid=False,
)

name_terms = Table(
    "name_terms",
    metadata,
    Column("term", String, primary_key=True),  # see esfbot.store.terms
    Column("field", String, primary_key=True),
    Column("name", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

postings = Table(
    "postings",
    metadata,
    Column("term", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("names", Integer, nullable=False),
    Column("best", JSON, nullable=False),  # ids of names
    sqlite_with_rowid=False,
)

name_spellings = Table(
    "name_spellings",
    metadata,
    Column("initial", String, primary_key=True),
    Column("letters", Integer, primary_key=True),
    Column("word", String, primary_key=True),
    sqlite_with_rowid=False,
)
