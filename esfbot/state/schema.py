"""The tables of the bot's memory. Times are seconds since 1970, lists and values are JSON."""

from sqlalchemy import Boolean, Column, Float, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

# Updates from Telegram, each once. The body goes when the update is done; its number stays for as long as Telegram may
# deliver it again.
inbox = Table(
    "inbox",
    metadata,
    Column("update_id", Integer, primary_key=True),
    Column("body", Text, nullable=False),
    Column("received", Float, nullable=False),
    Column("done", Boolean, nullable=False),
)

# What is to be sent for an update, in order; a row goes when it has been sent.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("update_id", Integer, nullable=False),
    Column("call", Text, nullable=False),
    Column("begun", Float),  # when sending began whose outcome is not known
)

conversations = Table(
    "conversations",
    metadata,
    Column("chat", Integer, primary_key=True),
    Column("thread", Integer, primary_key=True),  # the topic in the chat, 0 for none
    Column("user", Integer, primary_key=True),
    Column("message", Integer, nullable=False),  # the question that it stands after
    Column("value", Text, nullable=False),  # an esfbot.model.query.Conversation
    Column("at", Float, nullable=False),
)

languages = Table(
    "languages",
    metadata,
    Column("user", Integer, primary_key=True),
    Column("language", String, nullable=False),
)

# Questions as read that buttons stand for; the token is made from the content, so that each is kept once.
views = Table(
    "views",
    metadata,
    Column("token", String, primary_key=True),
    Column("query", Text, nullable=False),
    Column("used", Float, nullable=False),
)

# Questions of the last days with the messages that answered them: to edit the answer when the question is edited, and
# to know what a verdict is about.
exchanges = Table(
    "exchanges",
    metadata,
    Column("chat", Integer, primary_key=True),
    Column("message", Integer, primary_key=True),
    Column("user", Integer, nullable=False),
    Column("thread", Integer, nullable=False),
    Column("replies", Text, nullable=False),  # ids of messages
    Column("query", Text, nullable=False),
    Column("projects", Text, nullable=False),
    Column("before", Text, nullable=False),  # the conversation that the question was asked in
    Column("feedback", Integer),
    Column("at", Float, nullable=False),
)

replies = Table(
    "replies",
    metadata,
    Column("chat", Integer, primary_key=True),
    Column("reply", Integer, primary_key=True),
    Column("message", Integer, nullable=False),  # the question that it answers
)

# Verdicts that people gave: nothing here tells who.
feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("date", String, nullable=False),
    Column("question", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("projects", Text, nullable=False),
    Column("verdict", String, nullable=False),
    Column("reason", String, nullable=False),
)

unanswered = Table(
    "unanswered",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("date", String, nullable=False),
    Column("question", Text, nullable=False),
)

# Sheets that maintainers have sent, by what is published together. The files themselves are in a folder beside this
# file, by the numbers of their messages.
batches = Table(
    "batches",
    metadata,
    Column("token", String, primary_key=True),
    Column("chat", Integer, nullable=False),
    Column("thread", Integer, nullable=False),
    Column("user", Integer, nullable=False),
    Column("language", String, nullable=False),
    Column("stage", String, nullable=False),
    Column("shown", Integer, nullable=False),  # the bot's message that tells of it, 0 for none yet
    Column("force", Text, nullable=False),  # why it goes live although the golden questions are against it
    Column("at", Float, nullable=False),
)

batch_files = Table(
    "batch_files",
    metadata,
    Column("chat", Integer, primary_key=True),
    Column("message", Integer, primary_key=True),
    Column("token", String, nullable=False),
    Column("file_id", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", Integer, nullable=False),  # bytes
    Column("fetched", Boolean, nullable=False),
    Column("refused", String, nullable=False),
)

Index("outbox_by_update", outbox.c.update_id, outbox.c.id)
