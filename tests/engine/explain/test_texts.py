"""The sentences say what is so, to whomever they speak."""

from typing import Any, get_args

import pytest

from engine.cursor import Cursor
from engine.explain import LEVELS, Level
from engine.explain.texts import FUNCTIONS, OPTIMIZER_TITLES, STORIES
from engine.optimizers import OPTIMIZERS
from engine.spec import ActivationName
from tests.engine.sessions import HIDDEN, OUTPUT, cursor, straight_to


def text(session: Cursor, node: str, quantity: Any, index: tuple[int, ...], level: Level = "high_school") -> str:
    """What is said about one number."""
    return session.explain(node, quantity, index, level).text


def after_a_step(**changes: Any) -> Cursor:
    """A session that has finished a step."""
    return straight_to(lambda: cursor(**changes), 1, 0)


def test_every_story_is_told_at_every_level() -> None:
    """And every optimizer and activation has a name for people."""
    assert all(set(LEVELS) == set(story) for story in STORIES.values())
    assert set(OPTIMIZERS) == set(OPTIMIZER_TITLES)
    assert set(get_args(ActivationName)) == set(FUNCTIONS)


@pytest.mark.parametrize("level", list(LEVELS))
def test_a_target_and_a_mask_are_no_inputs(level: Level) -> None:
    """Nobody measured them as features."""
    session = after_a_step(layers=[HIDDEN, {"id": "drop", "type": "dropout"}, OUTPUT])

    assert "measured" not in text(session, "target", "value", (0, 0), level)
    assert any(word in text(session, "target", "value", (0, 0), level).lower() for word in ("target", "right answer"))
    assert any(word in text(session, "drop.mask", "value", (0, 0), level).lower() for word in ("mask", "quiet"))


def test_a_bias_is_not_called_a_weight() -> None:
    """Neither its value nor its move."""
    session = after_a_step()

    assert text(session, "output.b", "value", (0,)).startswith("A bias: the number that is added")
    assert "moves the bias by" in text(session, "output.b", "delta", (0,))
    assert "moves the weight by" in text(session, "output.W", "delta", (0, 0))
    assert " bias would lower the loss" in text(session, "output.b", "gradient", (0,))


def test_a_weight_gradient_is_a_rate_and_says_so() -> None:
    """The number is what a nudge of the weight is multiplied by."""
    found = after_a_step().explain("output.W", "gradient", (0, 0), "high_school")
    value = found.text.partition("about ")[2].partition(" times")[0]

    assert f"the loss would change by about {value} times that bit" in found.text
    assert found.value == pytest.approx(float(value.replace("\N{MINUS SIGN}", "-")), rel=1e-3)


def test_a_penalty_is_named_in_the_gradient_that_holds_it() -> None:
    """Biases do not count, so theirs does not."""
    session = after_a_step(regularization={"l2": 0.1})

    assert "plus the penalty's part" in text(session, "output.W", "gradient", (0, 0), "graduate")
    assert "penalty" not in text(session, "output.b", "gradient", (0,), "graduate")
    assert "this number plus the penalty" in text(session, "loss", "value", (), "graduate")


@pytest.mark.parametrize(
    ("node", "index", "why"),
    [("input.a", (0, 0), "the data is not learned"), ("target", (0, 0), "given"), ("loss", (), "itself is 1")],
)
def test_what_is_never_computed_is_not_promised(node: str, index: tuple[int, ...], why: str) -> None:
    """No step will bring it."""
    said = text(after_a_step(), node, "gradient", index)

    assert said.startswith("Never computed: ")
    assert why in said


def test_what_comes_later_is_promised() -> None:
    """A call of this step computes it."""
    assert text(cursor(), "output.W", "gradient", (0, 0)).startswith("Not computed yet: ")


def test_momentum_may_move_a_weight_along_its_gradient() -> None:
    """Then the words do not say against."""
    data = {"inline": {"inputs": [[1.0]], "targets": [[1.0]]}}
    linear = {"id": "output", "type": "dense", "units": 1, "use_bias": False, "initializer": "zeros"}
    rule = {"type": "momentum", "learning_rate": 0.2, "momentum": 0.9}
    session = cursor(dataset=data, layers=[linear], loss="half_squared_error", optimizer=rule)
    ways = set()
    for _ in range(12):
        session.step("batch")
        gradient = session.explain("output.W", "gradient", (0, 0)).value
        delta = session.explain("output.W", "delta", (0, 0))
        assert gradient is not None
        assert delta.value is not None
        against = "downhill" in text(session, "output.W", "delta", (0, 0))
        ways.add(against)
        assert against == (gradient * delta.value < 0)

    assert {True, False} == ways


def test_a_single_example_is_one() -> None:
    """“All 1 examples vote” is no English."""
    session = after_a_step(batch_size=1)

    assert "The one example votes: together" in text(session, "output.W", "gradient", (0, 0), "kid")
    assert "over the one example of the batch" in text(session, "loss", "value", ())


@pytest.mark.parametrize("level", list(LEVELS))
def test_a_number_that_is_infinite_is_told_as_such(level: Level) -> None:
    """At a divergence in the update a weight may be."""
    session = cursor(optimizer={"type": "sgd", "learning_rate": 1e300})
    session.run(3)
    assert session.diverged is not None
    session.step("op")

    assert "∞" in text(session, "output.b", "delta", (0,), level)


def test_the_sign_of_a_weight_decides_what_a_kid_is_told() -> None:
    """Infinite ones included."""
    session = after_a_step()
    for value, words in ((-1e-9, "opposite"), (0.5, "passes on")):
        session.set_parameter("output.W", value, index=(0, 0))
        assert words in text(session, "output.W", "value", (0, 0), "kid")
