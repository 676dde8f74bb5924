"""A merge patch (RFC 7396) on a spec, and pydantic's refusals in the engine's words.

One thing is added to the RFC, because a spec is full of choices: a patch that changes *which* loss, optimizer,
schedule, dataset … is meant drops the options of the old choice that the new one does not know.
``{"optimizer": {"type": "adam"}}`` on momentum keeps the learning rate and drops ``momentum``. An option that the
patch itself names is never dropped.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from engine.errors import Loc, SpecError
from engine.spec import SessionSpec
from engine.spec.datasets import OWN
from engine.words import Said, say

#: Type of pydantic's mistake -> its words, which are looked up in the catalogues.
PYDANTIC = {
    "missing": "Field required",
    "extra_forbidden": "Extra inputs are not permitted",
    "greater_than": "Input should be greater than {gt}",
    "greater_than_equal": "Input should be greater than or equal to {ge}",
    "less_than": "Input should be less than {lt}",
    "less_than_equal": "Input should be less than or equal to {le}",
    "int_type": "Input should be a valid integer",
    "int_parsing": "Input should be a valid integer, unable to parse string as an integer",
    "int_from_float": "Input should be a valid integer, got a number with a fractional part",
    "float_type": "Input should be a valid number",
    "float_parsing": "Input should be a valid number, unable to parse string as a number",
    "finite_number": "Input should be a finite number",
    "bool_type": "Input should be a valid boolean",
    "string_type": "Input should be a valid string",
    "literal_error": "Input should be {expected}",
    "list_type": "Input should be a valid list",
    "dict_type": "Input should be a valid dictionary",
    "none_required": "Input should be None",
}
#: What is said of a number instead, since it stands beside a field.
PLAIN = {
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
}
POINTS = frozenset({"circle", "xor", "gauss", "spiral", "moons", "plane", "gauss_regression"})


def validated(data: object) -> SessionSpec:
    """The spec that this data describes; SpecError, with the path of the first mistake, if it describes none."""
    try:
        return SessionSpec.model_validate(data)
    except ValidationError as error:
        raise refusal(error, data) from error


def patched(spec: SessionSpec, patch: object) -> SessionSpec:
    """The spec after this merge patch.

    Raises:
        SpecError: with the path of what is wrong in the patched spec.
    """
    if not isinstance(patch, Mapping):
        raise SpecError(say("a patch is an object of the fields to change, not {name}", name=type(patch).__name__))
    old = spec.model_dump(mode="json")
    if "dataset" in patch:
        old["dataset"] = _inherited_dataset(old["dataset"], patch["dataset"])
    data = merge(old, patch)
    for path in _leftovers(old, patch):
        _drop_if_refused(data, path)
    return validated(data)


def merge(target: object, patch: object) -> Any:
    """RFC 7396: objects merge, null removes, everything else replaces."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(target) if isinstance(target, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge(result.get(key), value)
    return result


def _inherited_dataset(old: dict[str, Any], patch: object) -> dict[str, Any]:
    """What another dataset may take over: columns mean something in their own dataset alone, one's own data nothing."""
    if not isinstance(patch, Mapping) or not _chooses(old, patch, ("name", *OWN)):
        return old
    if any(own in old or own in patch for own in OWN):
        return {}
    same_columns = old["name"] in POINTS and patch["name"] in [*POINTS]  # a list compares, whatever it is given
    return {key: value for key, value in old.items() if key != "features" or same_columns}


def _chooses(old: Mapping[str, Any], patch: Mapping[str, Any], tags: tuple[str, ...]) -> bool:
    return any(tag in patch and patch[tag] is not None and patch[tag] != old.get(tag) for tag in tags)


def _leftovers(old: Mapping[str, Any], patch: Mapping[str, Any]) -> Iterator[Loc]:
    """Paths of the options that a new choice inherits from the old one."""
    for key, value in patch.items():
        before = old.get(key)
        if isinstance(value, Mapping) and isinstance(before, Mapping):
            if _chooses(before, value, ("type", "name")):
                yield from ((key, name) for name in before if name not in value)
            yield from ((key, *path) for path in _leftovers(before, value))


def _drop_if_refused(data: dict[str, Any], path: Loc) -> None:
    """Remove this option if it is one of the spec's mistakes."""
    try:
        SessionSpec.model_validate(data)
    except ValidationError as error:
        if path in {request_path(item["loc"], data) for item in error.errors()}:
            holder: Any = data
            for key in path[:-1]:
                holder = holder[key]
            del holder[path[-1]]


def refusal(error: ValidationError, data: object) -> SpecError:
    """The first mistake as a SpecError that names its place and, if there are more places, says how many."""
    items = error.errors(include_url=False)
    loc = request_path(items[0]["loc"], data)
    others = {request_path(item["loc"], data) for item in items} - {loc}
    more = say(" (and {n} more)", n=len(others)) if others else ""
    place = ".".join(map(str, loc)) or "spec"
    words = flaw_words(items[0])
    return SpecError(say("{place}: {msg}{given}{more}", place=place, msg=words, given=_given(items[0]), more=more), loc)


def flaw_words(item: Mapping[str, Any]) -> str:
    """What pydantic says of a mistake, as something that can be said in another language where it is known."""
    context = item.get("ctx") or {}
    raised = context.get("error")
    if isinstance(raised, ValueError) and raised.args and isinstance(raised.args[0], Said):
        return raised.args[0]
    template = PYDANTIC.get(item["type"])
    values = {name: _brief(value) for name, value in context.items() if name != "error"}
    told = say(template, **values) if template else None
    if told is None or told != item["msg"]:
        return str(item["msg"])
    plain = PLAIN.get(item["type"])
    return say(plain, **{name: _number(value) for name, value in values.items()}) if plain else told


def _brief(value: object) -> object:
    """A bound as pydantic writes it: 0, where it was given as 0.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _number(value: object) -> str:
    """With a true minus sign."""
    return str(value).replace("-", "\N{MINUS SIGN}")


def _given(item: Mapping[str, Any]) -> str:
    """What came instead, if it can be said briefly."""
    value = item.get("input")
    if isinstance(value, str):
        return say(", but got {value}", value=f"{value!r:.80}")
    return say(", but got {value}", value=_number(value)) if isinstance(value, int | float) else ""


def request_path(loc: Loc, data: object) -> Loc:
    """The path inside the request: pydantic also lists the tags of its unions, which no request has.

    A tag may be the name of a field as well (``momentum``, ``inline``): the right reading is the one that ends at a
    field which is there, or else the one that leads deeper.
    """
    return _reading(loc, data)[1]


def _reading(loc: Loc, data: object) -> tuple[bool, Loc]:
    """Whether the path ends at something that is there, and the path."""
    if not loc:
        return True, ()
    key, rest = loc[0], loc[1:]
    if isinstance(data, Mapping) and not rest and isinstance(key, str):
        return key in data, (key,)  # the field itself, or one that is missing
    if isinstance(data, list | tuple) and not rest and isinstance(key, str):
        return False, ()  # a list has no fields
    skipped = _reading(rest, data)
    holds = key in data if isinstance(data, Mapping) else isinstance(data, list | tuple) and _is_index(key, data)
    if not holds:
        return skipped
    found, path = _reading(rest, data[key])  # type: ignore[index]  # it was just looked up
    return max(skipped, (found, (key, *path)), key=lambda reading: (reading[0], len(reading[1])))


def _is_index(key: str | int, data: list[Any] | tuple[Any, ...]) -> bool:
    return isinstance(key, int) and key < len(data)
