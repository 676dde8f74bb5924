from math import isfinite, log

import numpy as np
import pytest

from engine.cursor import Cursor
from engine.presets import PRESETS, TOPICS
from engine.spec import SessionSpec

#: What the contract promises to exist, in the order in which one learns.
PROMISED = [
    *("line", "mazur", "fruit_line", "fruit_line_fails", "fruit"),
    *("xor", "circle", "moons", "spiral"),
    *("iris", "wine", "breast_cancer", "diabetes"),
    *("digits", "mnist", "style"),
    *("recall_rnn", "recall_lstm", "adding_rnn", "adding_lstm"),
    *("surnames_lstm", "surnames_gru", "tunes", "translation"),
    *("deep_plain", "deep_skip"),
]
#: Fifty steps are quick, and teach something.
QUICK = [name for name, preset in PRESETS.items() if preset.topic in {"points", "tables"}] + ["digits", "deep_skip"]


def begun(name: str) -> Cursor:
    """A session of this preset, at its start."""
    preset = PRESETS[name]
    return Cursor(preset.spec, parameters=preset.parameters or None)


def train_loss(cursor: Cursor) -> float:
    """Loss over the training part."""
    loss = cursor.metrics().train_loss
    assert loss is not None
    return loss


def held_back_loss(cursor: Cursor) -> float:
    """Loss over the test part."""
    loss = cursor.metrics().test_loss
    assert loss is not None
    return loss


def test_each_is_there_with_its_story() -> None:
    """Under its own name, with a title, one line and more than one line."""
    assert PROMISED == list(PRESETS)
    for name, preset in PRESETS.items():
        assert name == preset.name
        assert preset.title
        assert preset.summary.endswith(".")
        assert len(preset.story) > len(preset.summary)


@pytest.mark.parametrize("name", PRESETS)
def test_each_survives_the_wire(name: str) -> None:
    """Its JSON is read as the very same spec."""
    spec = PRESETS[name].spec

    assert spec == SessionSpec.model_validate_json(spec.model_dump_json())


def test_topics_stand_together_and_in_order() -> None:
    """Whoever walks down the menu learns one thing after the other."""
    topics = [preset.topic for preset in PRESETS.values()]

    assert list(TOPICS) == list(dict.fromkeys(topics))
    assert sorted(topics, key=list(TOPICS).index) == topics


def test_no_two_have_the_same_title() -> None:
    """The page finds a session's story by it."""
    assert len(PRESETS) == len({preset.title for preset in PRESETS.values()})


@pytest.mark.parametrize("name", PRESETS)
def test_each_begins_and_takes_a_step(name: str) -> None:
    """Within the limits of a server, and with finite numbers."""
    cursor = begun(name)

    assert 1 == cursor.run(1)
    assert cursor.diverged is None
    assert isfinite(train_loss(cursor))


@pytest.mark.parametrize("name", QUICK)
def test_each_learns(name: str) -> None:
    """Fifty steps lower the loss on the training part by a tenth."""
    cursor = begun(name)
    before = train_loss(cursor)

    cursor.run(50)

    assert cursor.diverged is None
    assert train_loss(cursor) < 0.9 * before


def test_a_line_is_found_to_be_two_x_plus_one() -> None:
    """W = 2 and b = 1 after fifty steps."""
    cursor = begun("line")
    cursor.run(50)
    weights = cursor.parameters()

    assert 2.0 == pytest.approx(weights["output.W"].item(), abs=1e-3)
    assert 1.0 == pytest.approx(weights["output.b"].item(), abs=1e-3)


def test_six_units_tell_all_fruits() -> None:
    """38 of 38 after 400 steps; after 4,000 the loss is below 10⁻⁴."""
    cursor = begun("fruit")

    cursor.run(400)
    assert 1.0 == cursor.metrics().train_accuracy

    cursor.run(3600)
    assert train_loss(cursor) < 1e-4


def test_a_line_tells_red_apples_from_oranges() -> None:
    """30 of 30."""
    cursor = begun("fruit_line")
    cursor.run(300)

    assert (30, 1.0) == (len(cursor.network.dataset.x_train), cursor.metrics().train_accuracy)


def test_a_line_ends_at_a_coin_toss_for_all_fruits() -> None:
    """19 of 38, and a loss next to ln 2."""
    cursor = begun("fruit_line_fails")
    cursor.run(2000)

    assert 0.5 == cursor.metrics().train_accuracy
    assert log(2) == pytest.approx(train_loss(cursor), abs=0.005)


@pytest.mark.parametrize(
    ("name", "steps", "train", "test"),
    [
        ("xor", 600, 0.95, 0.9),
        ("circle", 900, 0.97, 0.9),
        ("moons", 600, 0.99, 0.95),
        ("spiral", 3000, 0.99, 0.95),
        ("iris", 400, 0.95, 0.9),
        ("wine", 400, 0.99, 0.95),
        ("breast_cancer", 400, 0.97, 0.95),
    ],
)
def test_classes_are_told_as_the_stories_say(name: str, steps: int, train: float, test: float) -> None:
    """Accuracy on both parts after some steps."""
    cursor = begun(name)
    cursor.run(steps)
    metrics = cursor.metrics()

    assert (metrics.train_accuracy or 0.0) >= train
    assert (metrics.test_accuracy or 0.0) >= test


def test_half_of_the_variance_of_diabetes_remains() -> None:
    """The test loss is about half of what answering the mean would cost; training on widens the gap."""
    cursor = begun("diabetes")
    cursor.run(400)
    early, gap = held_back_loss(cursor), held_back_loss(cursor) - train_loss(cursor)

    cursor.run(4000)

    assert 0.5 == pytest.approx(early, abs=0.1)
    assert held_back_loss(cursor) - train_loss(cursor) > 2 * gap


def test_mazurs_numbers_are_the_published_ones() -> None:
    """Error 0.298371109 at the start, w5 = 0.35891648 after one step."""
    cursor = begun("mazur")

    assert 0.298371109 == pytest.approx(train_loss(cursor), abs=5e-10)

    cursor.run(1)

    weights = cursor.parameters()
    np.testing.assert_allclose(
        [[0.35891648, 0.511301270], [0.408666186, 0.561370121]], weights["output.W"], rtol=0, atol=5e-9
    )
    np.testing.assert_allclose(
        [[0.149780716, 0.24975114], [0.19956143, 0.29950229]], weights["hidden1.W"], rtol=0, atol=5e-9
    )


def shares(cursor: Cursor, names: list[str]) -> list[float]:
    """Norms of these nodes' gradients in the first step, in units of the last one's."""
    cursor.step("batch")
    gradients = [cursor.tensor(name).gradient for name in names]
    norms = [float(np.linalg.norm(gradient)) for gradient in gradients if gradient is not None]
    assert len(norms) == len(names)
    return [norm / norms[-1] for norm in norms]


@pytest.mark.parametrize(("task", "steps"), [("recall", 61), ("adding", 60)])
def test_an_lstm_hands_back_far_more_through_time_than_an_rnn(task: str, steps: int) -> None:
    """Of the gradient of the last hidden state next to nothing reaches the first in the plain network."""
    rnn, lstm = (
        shares(begun(f"{task}_{kind}"), [f"{kind}.h[{step}]" for step in range(steps)])[0] for kind in ("rnn", "lstm")
    )

    assert rnn < 1e-4
    assert lstm > 20 * rnn


def test_only_skip_connections_bring_the_gradient_back_through_twenty_layers() -> None:
    """hidden1 gets a hundred-thousandth of what hidden19 gets without them, and as much with them."""
    layers = [f"hidden{place}.a" for place in range(1, 20)]
    plain, skip = (shares(begun(name), layers) for name in ("deep_plain", "deep_skip"))

    assert plain[0] < 1e-4
    assert 0.5 < skip[0] < 10


def test_both_deep_networks_begin_with_the_same_weights() -> None:
    """So that the wires are all that they differ in."""
    plain, skip = (begun(name).parameters() for name in ("deep_plain", "deep_skip"))

    assert list(plain) == list(skip)
    assert all(np.array_equal(plain[name], skip[name]) for name in plain)


@pytest.mark.slow
def test_a_picture_takes_on_content_and_style() -> None:
    """After 60 steps the distance is a tenth of what it began with; the filters have not moved."""
    cursor = begun("style")
    before, filters = train_loss(cursor), cursor.parameters()["look5.kernel"]
    cursor.run(60)

    assert train_loss(cursor) < 0.1 * before
    np.testing.assert_array_equal(filters, cursor.parameters()["look5.kernel"])
