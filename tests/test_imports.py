"""Imports go one way: a module imports only from its own room and from rooms before it."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "esfbot"
ROOMS = (
    "errors",
    "model",
    "settings",
    "fields",
    "values",
    "language",
    "sweden",
    "sheets",
    "encoders",
    "wording",
    "store",
    "embed",
    "questions",
    "answers",
    "render",
    "service",
    "evaluate",
    "upkeep",
    "state",
    "telegram",
    "cli",
    "__main__",
)
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}


def imports(tree: ast.AST) -> Iterator[tuple[ast.Import | ast.ImportFrom, str]]:
    """Every module of ours that a piece of code imports, with the statement that does."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            # What is imported from a package may be a module in it.
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in MODULES else str(node.module) for name in inner]
        else:
            continue
        yield from ((node, name) for name in names if name.partition(".")[0] == "esfbot")


def room(module: str) -> str:
    """The room that a module is in; the package itself is in none."""
    return module.split(".")[1] if "." in module else ""


def test_every_room_is_listed() -> None:
    """The order names each room once, and no room that is not there."""
    assert sorted(ROOMS) == sorted({room(module) for module in MODULES} - {""})


@pytest.mark.parametrize("module", MODULES)
def test_imports_only_from_rooms_before(module: str) -> None:
    """A module imports from its own room or from one before it."""
    found = {name for _, name in imports(ast.parse(MODULES[module].read_text(encoding="utf-8"))) if room(name)}
    here = ROOMS.index(room(module)) if room(module) else 0
    assert {name for name in found if ROOMS.index(room(name)) > here} == set()


def test_no_cycle() -> None:
    """No module imports itself by way of others."""
    graph = {
        module: {name for _, name in imports(ast.parse(path.read_text(encoding="utf-8")))} - {module}
        for module, path in MODULES.items()
    }
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"a cycle: {error.args[1]}")


@pytest.mark.parametrize("module", [module for module in MODULES if room(module) != "cli"])
def test_no_late_import(module: str) -> None:
    """Our own modules are imported at the top, or a comment says why not. Only commands load what they need."""
    text = MODULES[module].read_text(encoding="utf-8")
    lines = text.splitlines()
    late = [
        node.lineno
        for function in ast.walk(ast.parse(text))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node, _ in imports(function)
    ]
    assert [n for n in late if "#" not in lines[n - 1] and not lines[n - 2].strip().startswith("#")] == []
