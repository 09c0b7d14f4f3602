"""Sheets that maintainers have sent, on a real file."""

import threading
from pathlib import Path

import pytest

from esfbot.state.batches import Attached, Batch, Stage
from esfbot.state.memory import Seat
from esfbot.state.state import State

ANNA, BO = Seat(1, 0, 1), Seat(-7, 0, 2)
A, B = Attached("file-1", "a.txt", 10), Attached("file-2", "b.zip", 20)


def batch(state: State, token: str) -> Batch:
    """The batch of that token."""
    found = state.batches.get(token)
    assert found
    return found


def test_files_of_one_seat_are_one_batch(state: State, path: Path) -> None:
    """What one person sends to one chat comes together, also over a restart, and apart from what others send; the same
    message a second time changes nothing."""
    token = state.batches.add(ANNA, 5, A, "", "sv")
    state.close()
    again = State(path)
    assert [again.batches.add(ANNA, number, B, "kind", "sv") for number in (6, 6, 5)] == [token] * 3
    assert again.batches.add(BO, 5, A, "", "en") != token
    found = batch(again, token)
    assert [(x.message, x.name, x.size, x.fetched, x.refused) for x in found.files] == [
        (5, "a.txt", 10, False, ""),
        (6, "b.zip", 20, False, "kind"),
    ]
    assert (found.seat, found.language, found.stage, found.shown) == (ANNA, "sv", Stage.GATHERING, 0)
    assert ([file.message for file in found.taken], again.batches.waiting(ANNA)) == ([5], (1, 10))
    assert (again.batches.waiting(Seat(1, 0, 3)), len(again.batches.tokens())) == ((0, 0), 2)
    again.close()


@pytest.mark.parametrize("stage", [Stage.PUBLISHING, Stage.KEPT, Stage.DISCARDED, Stage.DONE])
def test_a_batch_that_goes_its_way_takes_no_more(state: State, stage: Stage) -> None:
    """What is sent after a batch was published, kept or discarded is another batch; its own messages are not."""
    token = state.batches.add(ANNA, 5, A, "", "sv")
    state.batches.move(token, (Stage.GATHERING,), stage)
    assert state.batches.add(ANNA, 5, A, "", "sv") == token
    assert state.batches.add(ANNA, 6, B, "", "sv") != token
    assert batch(state, token).stage is stage


def test_a_stage_is_left_once(state: State) -> None:
    """Of many who bring a batch to its next stage at once, one does."""
    token = state.batches.add(ANNA, 5, A, "", "sv")
    state.batches.move(token, (Stage.GATHERING,), Stage.REPORTED)
    moved: list[bool] = []

    def move() -> None:
        moved.append(state.batches.move(token, (Stage.REPORTED,), Stage.PUBLISHING, force="why"))

    threads = [threading.Thread(target=move) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (moved.count(True), len(moved), batch(state, token).force) == (1, 8, "why")


def test_a_report_of_fewer_files(state: State) -> None:
    """What was worked out of the files there were is out of date once another has come, and while it is fetched."""
    token = state.batches.add(ANNA, 5, A, "", "sv")
    before = batch(state, token)
    state.batches.add(ANNA, 6, B, "", "sv")
    assert (state.batches.reported(before), batch(state, token).stage) == (False, Stage.GATHERING)
    assert state.batches.reported(batch(state, token))
    state.batches.add(ANNA, 7, B, "", "sv")
    assert batch(state, token).stage is Stage.GATHERING


def test_fetched_and_shown(state: State) -> None:
    """A file is fetched, or refused for a reason, and the batch has its message."""
    token = state.batches.add(ANNA, 5, A, "", "sv")
    state.batches.add(ANNA, 6, B, "", "sv")
    first, second = batch(state, token).files
    state.batches.fetched(batch(state, token), first)
    state.batches.fetched(batch(state, token), second, "gone")
    state.batches.show(token, 44)
    found = batch(state, token)
    assert [(file.fetched, file.refused) for file in found.files] == [(True, ""), (False, "gone")]
    assert (found.shown, found.mail) == (44, -int(token, 16))
    state.batches.remove(token)
    assert (state.batches.get(token), state.batches.tokens()) == (None, [])
    assert state.batches.add(ANNA, 5, A, "", "sv") != token


def test_expire(state: State) -> None:
    """What is old is discarded, but not what is being published."""
    tokens = [state.batches.add(Seat(1, 0, number), number, A, "", "sv") for number in range(6)]
    stages = [Stage.GATHERING, Stage.REPORTED, Stage.KEPT, Stage.PUBLISHING, Stage.DISCARDED, Stage.DONE]
    for token, stage in zip(tokens, stages, strict=True):
        state.batches.move(token, tuple(Stage), stage)
    assert state.batches.expire(0.0) == []
    assert set(state.batches.expire(4e9)) == set(tokens[:3])
    assert [batch(state, token).stage for token in tokens] == [*[Stage.DISCARDED] * 3, *stages[3:5], Stage.DONE]
