"""Imports only go down, and never in a circle. The tiers below are the drawing in docs and design, line by line."""

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

#: From the top down; what stands beside each other may import each other, but not in a circle.
APP_TIERS = (
    ("app.__main__",),
    ("app.cli",),
    ("app.main",),
    ("app.routes",),
    ("app.sessions",),
    ("app.shards",),
    ("app.store", "app.security", "app.protocol"),
    ("app.templates",),
    ("app.assets",),
    ("app.settings",),
    ("app",),
)

ENGINE_TIERS = (
    ("engine.cursor",),
    ("engine.edits",),
    ("engine.questions", "engine.recipe"),
    ("engine.presets", "engine.catalog"),
    (
        "engine.saving",
        "engine.bookmarks",
        "engine.visiting",
        "engine.walking",
        "engine.changes",
        "engine.undoing",
        "engine.probing",
        "engine.whatif",
        "engine.slopes",
        "engine.translating",
        "engine.trying",
        "engine.predicting",
        "engine.sweeping",
        "engine.exporting",
        "engine.importing",
    ),
    ("engine.timetravel",),
    ("engine.recording",),
    ("engine.metrics", "engine.histograms", "engine.ledger", "engine.looking", "engine.decoding", "engine.projecting"),
    ("engine.saturation",),
    ("engine.numbers", "engine.own", "engine.past"),
    ("engine.checkpoints", "engine.carrying", "engine.editing", "engine.network", "engine.running", "engine.shown"),
    ("engine.trainer",),
    ("engine.history", "engine.divergence", "engine.position"),
    (
        "engine.rules",
        "engine.optimizers",
        "engine.schedules",
        "engine.datasets",
        "engine.music",
        "engine.explain",
        "engine.narrate",
        "engine.doing",
        "engine.levels",
        "engine.export",
        "engine.gradcheck",
        "engine.rehearsal",
        "engine.evaluator",
        "engine.sequences",
        "engine.sensing",
        "engine.dreaming",
        "engine.generating",
    ),
    ("engine.plan", "engine.patching", "engine.deeds", "engine.limits"),
    ("engine.graph",),
    ("engine.layers", "engine.losses", "engine.regularization", "engine.clipping"),
    ("engine.ops",),
    ("engine.arrays", "engine.initializers"),
    ("engine.spec",),
    ("engine.tables",),
    ("engine.errors",),
    ("engine.words",),
    ("engine",),
)

TIERS = APP_TIERS + ENGINE_TIERS

#: Used by people's own programs, so they bring nothing of the server along.
CLIENT = (
    "app.client",
    "app.client_edits",
    "app.client_questions",
    "app.client_travel",
    "app.client_trials",
    "app.client_wire",
)

ENGINE_MAY_IMPORT = {*sys.stdlib_module_names, "engine", "numpy", "pydantic"}
NO_NUMPY = ("app.main", "app.routes", "app.sessions")


def modules() -> dict[str, Path]:
    """Every module of app and engine by its name."""
    found = {}
    for path in sorted(path for top in ("app", "engine") for path in (ROOT / top).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def within(module: str, package: str) -> bool:
    """Whether the module is the package or lies in it."""
    return module == package or module.startswith(package + ".")


def tier(module: str) -> int:
    """0 is the top. The tops themselves ("app", "engine") are leaves: they import nothing of the house."""
    for index, names in enumerate(TIERS):
        if any(module == name or ("." in name and within(module, name)) for name in names):
            return index
    raise LookupError(f"{module} has no place yet: add it to APP_TIERS or ENGINE_TIERS in tests/test_architecture.py")


def for_types_only(tree: ast.AST) -> set[ast.AST]:
    """What stands below "if TYPE_CHECKING:" and is not there when the program runs."""
    blocks = (node for node in ast.walk(tree) if isinstance(node, ast.If))
    guarded = (block for block in blocks if ast.unparse(block.test).endswith("TYPE_CHECKING"))
    return {node for block in guarded for statement in block.body for node in ast.walk(statement)}


def imported_names(module: str, path: Path, *, types: bool) -> Iterator[str]:
    """Everything that a module imports, absolutely named; "from a import b" counts as a.b where that is a module."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    tree = ast.parse(path.read_text())
    ignored = set() if types else for_types_only(tree)
    for node in ast.walk(tree):
        if node in ignored:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                anchor = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*anchor, *filter(None, [node.module])])
            for alias in node.names:
                name = f"{base}.{alias.name}"
                yield name if name in MODULES else base


def imports_of(module: str, *, types: bool = True) -> set[str]:
    """The modules and packages that a module imports, with or without what only the type checker sees."""
    return set(imported_names(module, MODULES[module], types=types))


def cycle(graph: Mapping[str, set[str]]) -> list[str]:
    """One circle in the graph, or nothing."""
    done: set[str] = set()
    for start in graph:
        path: list[str] = []
        stack = [(start, iter(graph[start]))] if start not in done else []
        while stack:
            node, followers = stack[-1]
            if len(path) < len(stack):
                path.append(node)
            follower = next((name for name in followers if name not in done), None)
            if follower is None:
                done.add(node)
                stack.pop()
                path.pop()
            elif follower in path:
                return [*path[path.index(follower) :], follower]
            else:
                stack.append((follower, iter(graph.get(follower, ()))))
    return []


@pytest.mark.parametrize("module", [module for module in MODULES if module not in CLIENT])
def test_imports_only_go_down(module: str) -> None:
    """No module imports from a tier above its own; the client has a rule of its own."""
    ours = {name for name in imports_of(module) if within(name, "app") or within(name, "engine")}

    upward = {name for name in ours if name not in CLIENT and tier(name) < tier(module)}

    assert set() == upward, f"{module} imports from above itself"


def test_no_imports_in_a_circle() -> None:
    """When the program runs, modules import each other in no circle, in a tier or across."""
    imports = {module: imports_of(module, types=False) - {module} for module in MODULES}
    graph = {module: {name for name in names if name in MODULES} for module, names in imports.items()}

    assert [] == cycle(graph)


def test_a_circle_would_be_found() -> None:
    """The search for circles finds one that is not where it starts."""
    assert ["b", "c", "b"] == cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()})
    assert [] == cycle({"a": {"b", "c"}, "b": {"c"}, "c": set()})


def test_an_unknown_module_is_told_where_to_go() -> None:
    """A module that no tier names is refused with a word on what to do."""
    with pytest.raises(LookupError, match="add it to APP_TIERS or ENGINE_TIERS"):
        tier("engine.attic")


@pytest.mark.parametrize("module", [name for name in MODULES if within(name, "engine")])
def test_engine_knows_numpy_and_pydantic_only(module: str) -> None:
    """The engine imports the standard library, numpy and pydantic, and nothing of the web."""
    foreign = {name for name in imports_of(module) if name.partition(".")[0] not in ENGINE_MAY_IMPORT}

    assert set() == foreign


@pytest.mark.parametrize("module", [name for name in MODULES if any(within(name, top) for top in NO_NUMPY)])
def test_gateway_does_no_numeric_work(module: str) -> None:
    """What runs on the event loop does not even import numpy."""
    assert "numpy" not in {name.partition(".")[0] for name in imports_of(module)}


def test_client_brings_nothing_of_the_server() -> None:
    """The Python client can be used where there is no server, and nobody in the server needs it."""
    ours = {name for module in CLIENT for name in imports_of(module) if within(name, "app") or within(name, "engine")}
    assert set() == ours - set(CLIENT)
    users = {module for module in MODULES if module not in CLIENT and imports_of(module) & set(CLIENT)}
    assert users <= {"app.cli"}
