"""What there is: everything that a spec may name, with its formula, one line for people and the schema of its options.

Made from the spec's own unions and literals, so that nothing that may be named can be missing.
"""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from engine import spec
from engine.datasets import DATASETS, DatasetInfo
from engine.datasets.pictures import PICTURES, PictureInfo
from engine.explain import LEVELS
from engine.initializers import INITIALIZERS
from engine.layers import LAYERS
from engine.limits import Limits
from engine.losses import LOSSES
from engine.ops import ACTIVATIONS, OPS
from engine.optimizers import OPTIMIZERS
from engine.presets import PRESETS, TOPICS, Preset
from engine.schedules import SCHEDULES
from engine.words import ENGLISH, Language, in_words, say

_ABBREVIATIONS = frozenset({"xor", "sgd", "mse", "rmse", "mae", "elu", "selu", "gelu", "silu", "mnist"})
#: What a name alone does not tell people.
_TITLES = {
    "conv2d": "Convolution",
    "conv1d": "Convolution over time",
    "max_pool2d": "Max pooling",
    "avg_pool2d": "Average pooling",
    "global_avg_pool2d": "Global average pooling",
}

#: A JSON object.
Entry = dict[str, Any]


#: What people read of an entry; names, formulas and schemas are the same in every language.
WORDS = ("title", "summary", "note", "topic", "story")


def catalog(language: Language = ENGLISH) -> dict[str, Any]:
    """JSON-able: lists of {name, title, summary, formula (TeX), schema (JSON Schema), …}, limits by name, levels."""
    known = _catalog()
    lists = {name: [_in_words(entry, language) for entry in part] for name, part in known.items() if name != "limits"}
    return {name: lists.get(name, part) for name, part in known.items()}


def _in_words(entry: Entry, language: Language) -> Entry:
    """These texts are data, not templates: what stands in braces is no name."""
    return {**entry, **{name: in_words(entry[name], language) for name in WORDS if isinstance(entry.get(name), str)}}


def _catalog() -> dict[str, Any]:
    return {
        "layers": [_entry(model, name, LAYERS[name]) for name, model in tagged(spec.LayerSpec).items()],
        "activations": [_activation(name) for name in get_args(spec.ActivationName)],
        "losses": [_entry(model, name, OPS[LOSSES[name].op]) for name, model in tagged(spec.LossSpec).items()],
        "optimizers": [_entry(model, name, OPTIMIZERS[name]) for name, model in tagged(spec.OptimizerSpec).items()],
        "schedules": [_entry(model, name, SCHEDULES[name]) for name, model in tagged(spec.ScheduleSpec).items()],
        "initializers": [
            _entry(model, name, INITIALIZERS[name]) for name, model in tagged(spec.InitializerSpec).items()
        ],
        "datasets": [
            *(_dataset(model, DATASETS[name]) for name, model in tagged(spec.DatasetSpec, "name").items()),
            _inline(),
            _own_table(),
        ],
        "presets": [_preset(preset) for preset in PRESETS.values()],
        "pictures": [_picture(info) for info in PICTURES.values()],
        "limits": Limits().model_dump(),
        "levels": [{"name": name, "title": title} for name, title in LEVELS.items()],
    }


def tagged(union: Any, tag: str = "type") -> dict[str, type[BaseModel]]:
    """Tag -> model, for each tag that the members of a union take, in their order."""
    models: dict[str, type[BaseModel]] = {}
    for model in _members(union):
        field = model.model_fields.get(tag)
        models |= dict.fromkeys(get_args(field.annotation), model) if field else {}
    return models


def _members(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models inside ``Annotated[A | B, …]``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        return
    for part in get_args(annotation):
        yield from _members(part)


def _schema(model: type[BaseModel], name: str, tag: str = "type") -> Entry:
    """The model's JSON Schema, its tag held to this one name."""
    schema = model.model_json_schema()
    schema["properties"][tag] = {"const": name, "default": name, "title": tag.title(), "type": "string"}
    return {**schema, "title": name}


def _title(name: str) -> str:
    """For people: what is no abbreviation begins with a capital."""
    return _TITLES.get(name, name.upper() if name in _ABBREVIATIONS else name.replace("_", " ").capitalize())


def _entry(model: type[BaseModel], name: str, told: Any) -> Entry:
    """``told`` is the registry's entry: it has a summary and a formula."""
    return {
        "name": name,
        "title": _title(name),
        "summary": told.summary,
        "formula": told.formula,
        "schema": _schema(model, name),
    }


def _activation(name: str) -> Entry:
    op = ACTIVATIONS[name]
    schema = {"const": name, "title": name, "type": "string"}
    return {"name": name, "title": _title(name), "summary": op.summary, "formula": op.formula, "schema": schema}


def _dataset(model: type[BaseModel], info: DatasetInfo) -> Entry:
    return {
        "name": info.name,
        "title": _title(info.name),
        "summary": info.summary,
        "formula": info.formula,
        "schema": _schema(model, info.name, "name"),
        "task": info.task,
        "columns": list(info.columns),
        "features": list(info.features or info.columns),
        "classes": list(info.classes),
        "target_name": info.target_name,
        "units": dict(info.units),
        "standardize": info.standardize,
        "source": info.source,
        "kind": info.kind,
        "shape": info.shape,
        "note": info.note,
    }


def _inline() -> Entry:
    return {
        "name": "inline",
        "title": "Your own numbers",
        "summary": "Your own numbers, used as they are: one row for each example.",
        "formula": "",
        "schema": {**spec.InlineDataset.model_json_schema(), "title": "inline"},
    }


def _own_table() -> Entry:
    return {
        "name": "table",
        "title": "Your own table",
        "summary": "Your own table, as CSV: columns are read as numbers, categories or days.",
        "formula": "",
        "schema": {**spec.OwnTableDataset.model_json_schema(), "title": "table"},
    }


def _picture(info: PictureInfo) -> Entry:
    return {
        "name": info.name,
        "title": info.title,
        "summary": say("{title}, 192 × 192 pixels.", title=say(info.title)),
        "formula": "",
        "schema": {"const": info.name, "title": info.name, "type": "string"},
        "role": info.role,
        "source": info.source,
    }


def _preset(preset: Preset) -> Entry:
    return {
        "name": preset.name,
        "title": preset.title,
        "summary": preset.summary,
        "formula": "",
        "schema": {"const": preset.name, "title": preset.name, "type": "string"},
        "topic": TOPICS[preset.topic],
        "story": preset.story,
        "spec": preset.spec.model_dump(mode="json"),
        "parameters": dict(preset.parameters),
    }
