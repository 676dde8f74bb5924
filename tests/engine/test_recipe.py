"""The way back without weights: what a recipe says leads to the same numbers, and it says so where it does not."""

from typing import Any

import numpy as np
import pytest

from engine.cursor import Cursor
from engine.importing import Training
from engine.patching import patched, validated
from engine.presets import PRESETS
from engine.recipe import Recipe, difference
from tests.engine.sessions import cursor, everything


def followed(recipe: Recipe) -> Cursor:
    """A session that does what the recipe says, as the page does."""
    if recipe.preset is None:
        session = Cursor(validated(recipe.spec))
    else:
        preset = PRESETS[recipe.preset]
        session = Cursor(preset.spec, parameters=preset.parameters)
        session.patch(recipe.patch or {})
        session.reset()
    for edit in recipe.edits:
        session.run(edit.step - session.position.step)
        session.set_parameter(edit.name, edit.value, edit.index or None)
    session.run(recipe.step - session.position.step)
    if recipe.op:
        session.step("op", recipe.op)
    return session


@pytest.mark.parametrize("name", ["fruit", "xor", "mazur", "digits"])
def test_a_preset_is_said_by_its_name(name: str) -> None:
    """Untouched, nothing but the name is said; in the middle of a step one comes back to that very call."""
    preset = PRESETS[name]
    session = Cursor(preset.spec, parameters=preset.parameters)
    session.run(3)
    session.step("op", 5)
    recipe = session.recipe()

    assert (preset.name, {}, None) == (recipe.preset, recipe.patch, recipe.spec)
    assert (3, 5, True) == (recipe.step, recipe.op, recipe.exact)
    assert recipe.fingerprint == followed(recipe).recipe().fingerprint
    assert everything(session) == everything(followed(recipe))


def test_what_differs_from_a_preset_is_said_as_a_patch() -> None:
    """Another rate and seed, changed before anything was trained: the rest is the preset's."""
    session = Cursor(PRESETS["fruit"].spec)
    session.patch({"seed": 11, "optimizer": {"learning_rate": 0.3}})
    session.reset()
    session.run(2)
    recipe = session.recipe()

    assert ("fruit", {"seed": 11, "optimizer": {"learning_rate": 0.3}}) == (recipe.preset, recipe.patch)
    assert recipe.exact
    assert everything(session) == everything(followed(recipe))


def test_edits_by_hand_are_repeated_at_their_steps() -> None:
    """They are part of the run: one entry before step 2, a whole bias before step 4."""
    session = cursor()
    session.run(2)
    session.set_parameter("hidden1.W", 1.25, (0, 1))
    session.run(2)
    session.set_parameter("output.b", [0.1])
    session.run(1)
    recipe = session.recipe()

    assert [(2, (0, 1)), (4, ())] == [(edit.step, edit.index) for edit in recipe.edits]
    assert recipe.exact
    assert everything(session) == everything(followed(recipe))


def test_another_spec_in_the_middle_cannot_be_said() -> None:
    """The steps before were taken at the old rate: that way back is not the spec's."""
    session = cursor()
    session.run(2)
    session.patch({"optimizer": {"learning_rate": 0.5}})

    assert (False, "weights") == (session.recipe().exact, session.recipe().doubt)
    session.reset()
    assert session.recipe().exact


def test_weights_that_came_with_the_session_cannot_be_said() -> None:
    """Given weights are no preset's; those of a file that goes on are not the spec's either."""
    trained = cursor()
    trained.run(3)
    parameters = {name: value.copy() for name, value in trained.parameters().items()}
    went_on = Cursor(trained.spec, parameters=parameters, training=Training(**dict(trained.training())))

    assert "weights" == went_on.recipe().doubt
    assert "weights" == Cursor(trained.spec, parameters=parameters).recipe().doubt


def test_a_session_that_was_put_away_still_knows_its_beginning() -> None:
    """Restored in the middle from a checkpoint, the run began with what its spec makes all the same."""
    session = cursor()
    session.run(40)

    assert session.fork().recipe().exact


def test_a_table_of_ones_own_may_be_too_large() -> None:
    """No address can hold 5,000 rows: only a link with weights can."""
    rows = np.random.default_rng(0).normal(size=(5000, 2)).tolist()
    inline: dict[str, Any] = {"inputs": rows, "targets": [[row[0]] for row in rows]}
    output = {"id": "output", "type": "dense", "units": 1, "activation": "linear"}
    recipe = cursor(dataset={"inline": inline}, layers=[output], loss="mse").recipe()

    assert (False, "large", None, None) == (recipe.exact, recipe.doubt, recipe.preset, recipe.spec)


@pytest.mark.parametrize("name", PRESETS)
def test_the_difference_leads_from_fruit_to_every_preset(name: str) -> None:
    """A merge patch of all that differs makes the other spec, or is not used."""
    fruit, other = PRESETS["fruit"].spec, PRESETS[name].spec
    patch = difference(fruit.model_dump(mode="json"), other.model_dump(mode="json"))

    assert other == patched(fruit, patch)
