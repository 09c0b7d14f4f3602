"""What passages are embedded on, and whether that may be asked with the model's own engine."""

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from esfbot.embed.passages import embedded_text
from esfbot.encoders import Encoder, load_encoder
from esfbot.encoders.agreement import BOUND, agreement, places
from esfbot.errors import EncoderError
from esfbot.store.sqlite_file import VECTORS
from esfbot.store.sqlite_writer import SqliteWriter


@dataclass(frozen=True, slots=True)
class Engine:
    """A model by the setting that names it, and the back-end that embeds with it: its own where empty."""

    model: str
    backend: str = ""

    def load(self) -> Encoder:
        """The encoder for passages. Raises EncoderError."""
        return load_encoder(self.model, self.backend)

    def agreement(self, folder: Path, writer: SqliteWriter) -> dict[str, float] | None:
        """How far the vectors in ``folder`` agree with those of the model's own engine, which questions are read by, on
        a sample of the writer's passages. None where they are of that engine.

        Raises EncoderError where they agree too little to be searched with such questions.
        """
        if not self.backend:
            return None
        ordered = writer.by_length(range(writer.passage_total()))
        rows = [ordered[place] for place in places(len(ordered))]
        texts = [embedded_text(*said) for _, _, said in writer.passages(rows)]
        mine = np.asarray(np.load(folder / VECTORS, mmap_mode="r"))[rows]
        found = agreement(texts, mine, load_encoder(self.model))
        if not found.holds:
            raise EncoderError(
                f"vectors made on {self.backend}, the least like those of {self.model} itself to {found.lowest:.4f}",
                f"a cosine of {BOUND} or more on {found.sampled} passages",
                "Unset ESFBOT_BACKEND and embed again; what is live stays as it is.",
            )
        return asdict(found)
