"""What an edit did, whatever it was written as: a patch that replaces all layers may only widen one of them.

A page makes "Undo: widen hidden1 to 8" of it, in whatever language it speaks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.spec import SessionSpec

What = Literal["add", "remove", "move", "layer", "layers", "option", "options", "rename", "parameter", "reset", "visit"]


@dataclass(frozen=True)
class Deed:
    """One thing that a person did.

    Args:
        what: ``add``, ``remove``, ``move`` a layer; ``layer``: an option of one, ``layers``: several at once;
            ``option``: another field of the spec, ``options``: several; ``rename``, ``parameter``, ``reset``;
            ``visit``: a bookmark of another run.
        name: the layer, the parameter, or the path of the field (``optimizer.learning_rate``); "" if there are several.
            An entry of a parameter is counted from 1, as people do: ``hidden1.W[1, 2]``.
        field: which option of the layer.
        value: what it was set to, if that is a number, a word, or a truth.
    """

    what: What
    name: str = ""
    field: str = ""
    value: float | int | str | bool | None = None

    def as_dict(self) -> dict[str, Any]:
        """JSON-able."""
        return {"what": self.what, "name": self.name, "field": self.field, "value": self.value}


def deed_of(before: SessionSpec, after: SessionSpec) -> Deed:
    """What makes the one spec of the other, as a person would say it."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    layers = _of_layers(old.pop("layers"), new.pop("layers"))
    others = [path for path in _changed(old, new)]
    if layers is not None:
        return layers
    if len(others) == 1:
        return Deed("option", ".".join(others[0]), value=_plain(_at(new, others[0])))
    one = {path[0] for path in others}  # another optimizer has other options: that is one thing
    if len(one) != 1:
        return Deed("options")
    name = next(iter(one))
    return Deed("option", name, value=_plain(_title(new[name])))


def _of_layers(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Deed | None:
    """None if the layers are the same."""
    if old == new:
        return None
    was, now = {layer["id"]: layer for layer in old}, {layer["id"]: layer for layer in new}
    added, removed = [id_ for id_ in now if id_ not in was], [id_ for id_ in was if id_ not in now]
    if added or removed:
        if added and removed:
            return Deed("layers")
        return Deed("add" if added else "remove", ", ".join(added or removed))
    changed = [(id_, path) for id_ in now for path in _changed(was[id_], now[id_])]
    if not changed:
        return Deed("move", next(b["id"] for a, b in zip(old, new, strict=True) if a["id"] != b["id"]))
    fields = {(id_, path[0]) for id_, path in changed}
    if len(fields) > 1:
        return Deed("layers", ", ".join(dict.fromkeys(id_ for id_, _ in changed)))
    id_, name = next(iter(fields))
    return Deed("layer", id_, name, _plain(_title(now[id_].get(name))))


def _changed(old: Mapping[str, Any], new: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Paths of the fields that differ."""
    for key in dict.fromkeys((*old, *new)):
        a, b = old.get(key), new.get(key)
        if isinstance(a, Mapping) and isinstance(b, Mapping):
            yield from _changed(a, b, (*path, key))
        elif a != b:
            yield (*path, key)


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def _title(value: Any) -> Any:
    """Of a choice its name."""
    if isinstance(value, Mapping):
        return value.get("type", value.get("name"))
    return " + ".join(map(str, value)) if isinstance(value, list) and value else value


def _plain(value: Any) -> float | int | str | bool | None:
    return value if isinstance(value, int | float | str | bool) else None
