"""The error tree. Every message says what was found, what was expected and what to do.

EsfbotError
├── SettingsError        a setting, or several, that can't be used
├── SheetRefused         a file that is not taken in as a project sheet
├── FolderError          a folder of sheets or embeddings that can't be read or written
├── QuestionsRefused     a question set that can't be read
├── EncoderError         a model that can't be loaded or used
├── Held                 a folder that another process is changing
├── BordersError         the borders of municipalities, which can't be loaded
└── EmbeddingsError      embeddings that can't be opened
    └── NoEmbeddings     there are none yet
"""


class EsfbotError(Exception):
    """A failure that is told to a person in one line.

    ``found`` is what there was, ``expected`` what there should have been, ``action`` what the reader can do.
    """

    def __init__(self, found: str, expected: str, action: str) -> None:
        super().__init__(found, expected, action)
        self.found = found
        self.expected = expected
        self.action = action

    def __str__(self) -> str:
        return f"{self.found}; expected {self.expected}. {self.action}"


class SettingsError(EsfbotError):
    """One or more settings can't be used; all of them are named at once."""


class SheetRefused(EsfbotError):
    """A file is not a project sheet, or can't be read as one."""


class FolderError(EsfbotError):
    """A folder of sheets or embeddings is missing, unreadable or not writable."""


class QuestionsRefused(EsfbotError):
    """A question set can't be read, or has lines that are no questions; the first few are named with their numbers."""


class EncoderError(EsfbotError):
    """An encoder can't be loaded: unknown name, or a package that is not installed."""


class Held(EsfbotError):
    """A folder of embeddings is being changed by another process, which is named."""


class BordersError(EsfbotError):
    """The borders of municipalities can't be loaded: a package that is not installed, damaged or of another time."""


class EmbeddingsError(EsfbotError):
    """The embeddings are damaged, of another format, or made by another model."""


class NoEmbeddings(EmbeddingsError):
    """No generation has been published in the folder yet."""
