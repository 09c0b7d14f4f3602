"""Whether a project is over."""

import datetime

from esfbot.model.project import Project
from esfbot.values.dates import write_date
from esfbot.wording.load import say


def end_of(project: Project, today: datetime.date) -> datetime.date | None:
    """The day on which a project ended, if it has by ``today``."""
    end = project.first("end")
    return end.value if end and isinstance(end.value, datetime.date) and end.value < today else None


def ended_note(project: Project, language: str) -> str:
    """What to say beside a contact of a project that is over: whoever it was may be elsewhere now."""
    end = end_of(project, datetime.date.today())  # noqa: DTZ011 - a sheet's days are those of the reader's calendar
    return say("ended", language, date=write_date(end, language)) if end else ""
