"""Files: sheets that maintainers send. They are looked at before they are fetched, and read elsewhere."""

from esfbot.state.batches import Attached
from esfbot.telegram.desk import Desk
from esfbot.telegram.files import LARGEST, ending
from esfbot.telegram.reply import Reply
from esfbot.telegram.said import Said

# That wait to be published together, of one maintainer. An archive is one of them.
MOST_FILES, MOST_BYTES = 50, 200_000_000


def receive(desk: Desk, said: Said) -> Reply:
    """Take in a file of a maintainer's, with those that came before it; tell others that only maintainers can."""
    file = said.file
    if file is None:
        return Reply()
    if not desk.is_maintainer(said.seat):
        return _told(desk, said, "only_maintainers")
    if not said.private and said.seat.chat not in desk.settings.maintainers:
        return _told(desk, said, "sheets_in_private")
    refused = _refused(desk, said, file)
    if refused == "kind" and not said.to_bot:  # a file for the other maintainers
        return Reply()
    token = desk.state.batches.add(said.seat, said.message, file, refused, desk.language(said))
    desk.upkeep.wake(token)
    return Reply()


def _told(desk: Desk, said: Said, sentence: str) -> Reply:
    """The sentence, once for files that were sent together."""
    album = said.file.album if said.file else ""
    return Reply() if album and not desk.upkeep.is_new(album) else desk.says(said, sentence)


def _refused(desk: Desk, said: Said, file: Attached) -> str:
    """Why a file is not taken, by what is known of it before it is fetched; empty where it is."""
    if not ending(file.name):
        return "kind"
    if file.size > LARGEST:
        return "size"
    number, size = desk.state.batches.waiting(said.seat)
    return "many" if number >= MOST_FILES or size + file.size > MOST_BYTES else ""
