"""Merge patches on a spec, and refusals that name the field."""

from typing import Any

import pytest

from engine.errors import SpecError
from engine.patching import merge, patched, request_path, validated
from engine.spec import SessionSpec

DATA: dict[str, Any] = {
    "dataset": {"name": "fruit", "features": ["width", "color_score"], "varieties": "red"},
    "layers": [{"type": "dense", "id": "output", "units": 1, "activation": "sigmoid"}],
    "loss": "binary_cross_entropy",
    "optimizer": {"type": "momentum", "learning_rate": 0.3, "schedule": "cosine"},
}
INLINE = {"inline": {"inputs": [[1.0]], "targets": [[1.0]]}}


@pytest.fixture
def spec() -> SessionSpec:
    """Red apples against oranges."""
    return validated(DATA)


def test_objects_merge_null_removes_and_the_rest_replaces() -> None:
    """The RFC's own cases in one."""
    assert {"a": {"b": 1, "d": 4}, "e": [3]} == merge(
        {"a": {"b": 1, "c": 2}, "e": [1, 2], "f": 0}, {"a": {"c": None, "d": 4}, "e": [3], "f": None}
    )


def test_what_is_not_named_stays(spec: SessionSpec) -> None:
    """A patch of the learning rate changes nothing else."""
    new = patched(spec, {"optimizer": {"learning_rate": 0.1}})

    assert new == spec.model_copy(update={"optimizer": spec.optimizer.model_copy(update={"learning_rate": 0.1})})


def test_another_optimizer_keeps_what_it_knows_and_drops_what_it_does_not(spec: SessionSpec) -> None:
    """From momentum to Adam: learning rate and schedule stay, momentum goes."""
    dump = patched(spec, {"optimizer": {"type": "adam"}}).optimizer.model_dump()

    assert ("adam", 0.3, "cosine", False) == (
        dump["type"],
        dump["learning_rate"],
        dump["schedule"]["type"],
        "momentum" in dump,
    )


def test_another_schedule_drops_the_options_of_the_old(spec: SessionSpec) -> None:
    """A choice within a choice works the same way."""
    schedule = patched(spec, {"optimizer": {"schedule": {"type": "step", "every": 5}}}).optimizer.schedule

    assert {"type": "step", "every": 5, "decay": 0.5} == schedule.model_dump()


def test_another_dataset_drops_columns_that_it_does_not_have(spec: SessionSpec) -> None:
    """Features of the fruit mean nothing in another table."""
    assert {"varieties", "features"}.isdisjoint(
        patched(spec, {"dataset": {"name": "iris"}}).dataset.model_dump(exclude_none=True)
    )


def test_points_keep_their_features(spec: SessionSpec) -> None:
    """All point sets have the columns x1 and x2, so their features stay."""
    circle = patched(spec, {"dataset": {"name": "circle", "features": ["x1^2"]}})

    assert ("x1^2",) == patched(circle, {"dataset": {"name": "spiral"}}).dataset.features


def test_inline_data_inherit_nothing(spec: SessionSpec) -> None:
    """The caller's own numbers are used as they are, whatever stood there before; and back again."""
    inline = patched(spec, {"dataset": INLINE})

    assert (0.0, False) == (inline.dataset.test_fraction, inline.dataset.shuffle)
    assert 0.25 == patched(inline, {"dataset": {"name": "xor"}}).dataset.test_fraction


def test_the_bare_name_replaces_the_object(spec: SessionSpec) -> None:
    """``"sgd"`` means ``{"type": "sgd"}`` with its defaults."""
    assert 0.01 == patched(spec, {"optimizer": "sgd"}).optimizer.learning_rate


@pytest.mark.parametrize(
    ("patch", "loc"),
    [
        ({"layers": [{"type": "dense", "units": 0}]}, ("layers", 0, "units")),
        ({"layers": [{"type": "dense"}]}, ("layers", 0, "units")),
        ({"layers": [3]}, ("layers", 0)),
        ({"optimizer": {"type": "bogus"}}, ("optimizer",)),
        ({"optimizer": {"learning_rate": -1}}, ("optimizer", "learning_rate")),
        ({"optimizer": {"momentum": 2}}, ("optimizer", "momentum")),
        ({"optimizer": {"schedule": {"type": "step", "steps": 3}}}, ("optimizer", "schedule", "steps")),
        ({"dataset": {"name": "xor", "varieties": "red"}}, ("dataset", "varieties")),
        ({"dataset": {"name": ["xor"]}}, ("dataset", "name")),
        ({"loss": None}, ("loss",)),
        ({"colour": "blue"}, ("colour",)),
        (3, ()),
    ],
)
def test_a_refusal_names_the_field(spec: SessionSpec, patch: object, loc: tuple[str | int, ...]) -> None:
    """The path is that of the request, without the tags of pydantic's unions."""
    with pytest.raises(SpecError) as refused:
        patched(spec, patch)

    assert loc == refused.value.loc


@pytest.mark.parametrize(
    ("loc", "request_body", "expected"),
    [
        (("batch_size", "constrained-int"), {"batch_size": 0}, ("batch_size",)),
        (("value", "float"), {"value": "a"}, ("value",)),
        (
            ("dataset", "inline", "test_fraction"),
            {"dataset": {"inline": {"inputs": [1]}, "test_fraction": 5}},
            ("dataset", "test_fraction"),
        ),
        (("dataset", "inline", "inline", "inputs"), {"dataset": {"inline": {}}}, ("dataset", "inline", "inputs")),
        (("optimizer", "momentum", "momentum"), {"optimizer": {"momentum": 2}}, ("optimizer", "momentum")),
    ],
)
def test_a_path_names_the_field_of_the_request(
    loc: tuple[str, ...], request_body: dict[str, Any], expected: tuple[str, ...]
) -> None:
    """Tags of unions are left out, even where a tag and a field have one name."""
    assert expected == request_path(loc, request_body)


def test_an_unknown_dataset_is_told_all_that_there_are() -> None:
    """Not only those of the kind that a wrong name falls into."""
    with pytest.raises(SpecError, match=r'there is no dataset "frut"; known: .*fruit.*iris.*spiral') as caught:
        validated({"dataset": {"name": "frut"}, "layers": [{"type": "dense", "units": 1}], "loss": "mse"})

    assert ("dataset",) == caught.value.loc


def test_a_number_out_of_bounds_is_told_in_plain_words(spec: SessionSpec) -> None:
    """Beside a field: what it must be, with the bound as people write it."""
    with pytest.raises(SpecError, match=r"must be at least 0, but got −1$"):
        patched(spec, {"optimizer": {"learning_rate": -1}})


def test_a_field_of_two_kinds_is_wrong_once(spec: SessionSpec) -> None:
    """What is neither of them is not counted as two mistakes."""
    with pytest.raises(SpecError, match=r"^batch_size: must be a whole number, but got 2\.5$"):
        patched(spec, {"batch_size": 2.5})
