"""The cache that tests of encoders share, since what is in it takes half a minute to make; and no network."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache; a test that changes what is in it does so in a copy."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def own_cache(cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written to the cache of whoever runs the tests."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_folder))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No encoder asks for an address: its package or its folder holds all that it needs."""
    asked: list[Any] = []

    def refuse(host: Any, *_arguments: Any, **_named: Any) -> Any:
        asked.append(host)
        raise socket.gaierror(f"{host} was asked for")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    yield
    assert asked == []
