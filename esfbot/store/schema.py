"""The tables, the same in every database. Words and vectors are indexed by each back-end in its own way."""

from sqlalchemy import JSON, Boolean, Column, Float, Integer, MetaData, String, Table, Text

metadata = MetaData()

projects = Table(
    "projects",
    metadata,
    Column("id", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("sheets", JSON, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("project", String, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("field", String, nullable=False, index=True),
    Column("value", JSON, nullable=False),
    Column("number", Float),  # amounts, counts and percentages as they are, dates as day ordinals: to compare and sort
    Column("folded", Text, nullable=False),  # without case and diacritics: to compare texts
    Column("key", String, nullable=False, index=True),
    Column("published", Text, nullable=False),
    Column("sheet", String, nullable=False),
    Column("line", Integer, nullable=False),
    Column("group", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("disputed", Boolean, nullable=False),
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

names = Table(
    "names",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project", String, nullable=False),
    Column("field", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("words", JSON, nullable=False),  # folded, in order
    Column("joined", Text, nullable=False, index=True),  # the words without spaces, as some people write them
)

name_words = Table(
    "name_words",
    metadata,
    Column("word", String, primary_key=True),
    Column("name", Integer, primary_key=True),
)
