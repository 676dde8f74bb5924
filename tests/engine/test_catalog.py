import json
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from engine import spec
from engine.catalog import catalog, tagged
from engine.datasets import DATASETS
from engine.explain import LEVELS
from engine.initializers import INITIALIZERS
from engine.layers import LAYERS
from engine.limits import Limits
from engine.losses import LOSSES
from engine.ops import ACTIVATIONS
from engine.optimizers import OPTIMIZERS
from engine.presets import PRESETS
from engine.schedules import SCHEDULES

CATALOG = catalog()
LISTS = [name for name, value in CATALOG.items() if isinstance(value, list) and name != "levels"]


def literals(schema: dict[str, Any], *tags: str) -> set[str]:
    """Every name that a schema allows under its discriminating fields, wherever it stands."""
    found: set[str] = set()
    for definition in schema.get("$defs", {}).values():
        for tag in tags:
            field = definition.get("properties", {}).get(tag, {})
            found |= {field["const"]} if "const" in field else set(field.get("enum", ()))
    return found


def names(of: str) -> set[str]:
    """The names of one list."""
    return {entry["name"] for entry in CATALOG[of]}


@pytest.mark.parametrize(
    ("of", "union", "tag", "registry"),
    [
        ("layers", spec.LayerSpec, "type", LAYERS),
        ("losses", spec.LossSpec, "type", LOSSES),
        ("optimizers", spec.OptimizerSpec, "type", OPTIMIZERS),
        ("schedules", spec.ScheduleSpec, "type", SCHEDULES),
        ("initializers", spec.InitializerSpec, "type", INITIALIZERS),
        ("datasets", spec.DatasetSpec, "name", DATASETS),
    ],
)
def test_whatever_the_spec_may_name_is_there(of: str, union: Any, tag: str, registry: dict[str, object]) -> None:
    """And in the registry, and nothing else (data of one's own have no name, so they are in neither)."""
    allowed = set(tagged(union, tag))

    assert allowed == set(registry)
    assert allowed == names(of) - {"inline", "table"}


def test_the_specs_own_schema_names_nothing_else() -> None:
    """Pydantic's schema of a whole session allows exactly the catalog's names (and the two ways of clipping)."""
    schema = spec.SessionSpec.model_json_schema()
    typed = set().union(*(names(of) for of in ("layers", "losses", "optimizers", "schedules", "initializers")))

    assert typed | {"value", "norm"} == literals(schema, "type")
    assert names("datasets") - {"inline", "table"} == literals(schema, "name")


def test_activations_and_presets_are_complete() -> None:
    """Also each preset's spec is JSON that can be sent back."""
    assert set(get_args(spec.ActivationName)) == set(ACTIVATIONS) == names("activations")
    assert set(PRESETS) == names("presets")
    for entry in CATALOG["presets"]:
        assert PRESETS[entry["name"]].spec == spec.SessionSpec.model_validate(entry["spec"])


@pytest.mark.parametrize("of", LISTS)
def test_every_entry_says_what_it_is(of: str) -> None:
    """A title, one line, a schema; a formula wherever there is one to say."""
    for entry in CATALOG[of]:
        assert entry["title"]
        assert entry["summary"].endswith(".")
        assert "\n" not in entry["summary"]
        assert entry["schema"]["title"] == entry["name"]
        assert isinstance(entry["formula"], str)
        assert entry["formula"] or of in {"datasets", "presets", "pictures"}
    assert len(CATALOG[of]) == len(names(of))


@pytest.mark.parametrize("of", ["layers", "losses", "optimizers", "schedules", "initializers", "datasets"])
def test_schemas_hold_their_tag_to_the_entrys_name(of: str) -> None:
    """A model that serves several names gives each its own schema."""
    tag = "name" if of == "datasets" else "type"
    for entry in CATALOG[of]:
        if entry["name"] not in {"inline", "table"}:
            assert entry["name"] == entry["schema"]["properties"][tag]["const"]


def test_schemas_tell_the_options_that_the_spec_takes() -> None:
    """A default that a schema states is what the spec fills in."""
    adam = next(entry for entry in CATALOG["optimizers"] if entry["name"] == "adam")["schema"]["properties"]
    parsed = TypeAdapter[spec.OptimizerSpec](spec.OptimizerSpec).validate_python("adam")

    for name in ("learning_rate", "beta1", "beta2", "eps"):
        assert getattr(parsed, name) == adam[name]["default"]


def test_limits_and_levels_are_there() -> None:
    """The engine's own limits; the five levels in their order."""
    assert Limits().model_dump() == CATALOG["limits"]
    assert list(LEVELS) == [level["name"] for level in CATALOG["levels"]]


def test_it_is_json() -> None:
    """Read back it is the same."""
    assert CATALOG == json.loads(json.dumps(CATALOG))
