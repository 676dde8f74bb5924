"""Each example by itself: its loss, its answer, sorted and filtered."""

from typing import Any

import numpy as np
import pytest

from engine.cursor import Cursor
from engine.datasets import Part
from engine.predicting import Judging, Page, Wish, page
from tests.engine.sessions import cursor, everything, mazur

WORDS: dict[str, Any] = {
    "dataset": {"name": "number_words", "limit": 20},
    "layers": [
        {"id": "letters", "type": "embedding", "tokens": 22, "units": 4},
        {"id": "encoder", "type": "gru", "units": 4, "return_sequences": True},
        {"id": "decoder", "type": "decoder", "units": 4, "tokens": 25, "cell": "gru"},
    ],
    "loss": {"type": "softmax_cross_entropy"},
}
IRIS: dict[str, Any] = {
    "dataset": {"name": "iris", "test_fraction": 0.2},
    "layers": [{"id": "output", "type": "dense", "units": 3, "activation": "softmax"}],
    "loss": {"type": "softmax_cross_entropy"},
}
SPIRAL_HINGE: dict[str, Any] = {
    "dataset": {"name": "spiral", "size": 40},
    "layers": [{"id": "output", "type": "dense", "units": 1, "activation": "linear"}],
    "loss": {"type": "hinge"},
}
DIABETES: dict[str, Any] = {
    "dataset": {"name": "diabetes", "test_fraction": 0.2},
    "layers": [{"id": "output", "type": "dense", "units": 1, "activation": "linear"}],
}


def judged(session: Cursor, part: Part = "train") -> Judging:
    """All of a part."""
    judging = session.judging(part)
    while not judging.done:
        judging.go_on()
    return judging


def asked(session: Cursor, part: Part = "train", **wish: Any) -> Page:
    """A page of it."""
    return page(session.network, judged(session, part).report(), Wish(**wish))


def test_mazurs_example_has_the_loss_of_the_book() -> None:
    """Half the squared error of his one example is 0.298371109."""
    found = asked(mazur())

    assert 0.298371109 == pytest.approx(found.rows[0].loss, abs=1e-9)
    assert (None, "0.01, 0.99", "0.7514, 0.7729") == (found.wrong, found.rows[0].target, found.rows[0].says)


@pytest.mark.parametrize("part", ["train", "test"])
@pytest.mark.parametrize(
    "changes", [{}, IRIS, SPIRAL_HINGE, {**DIABETES, "loss": "mse"}, {**DIABETES, "loss": "huber"}]
)
def test_losses_of_examples_average_to_the_loss(changes: dict[str, Any], part: Part) -> None:
    """As the metrics report it, of either part, and so do the right answers to the accuracy."""
    session = cursor(**changes)
    session.run(5)
    report, metrics = judged(session, part).report(), session.metrics()
    loss = getattr(metrics, f"{part}_loss")
    if loss is None:
        assert 0 == len(report.rows)
        return

    assert report.losses.mean() == pytest.approx(loss, rel=1e-5)
    accuracy = getattr(metrics, f"{part}_accuracy")
    assert accuracy is None if report.right is None else accuracy == pytest.approx(report.right.mean())


@pytest.mark.parametrize("changes", [IRIS, {**DIABETES, "loss": "rmse"}, WORDS])
def test_the_loss_of_an_example_is_that_of_a_batch_of_this_one(changes: dict[str, Any]) -> None:
    """Also where the batch's loss is a root, or a mean over time steps."""
    session = cursor(**changes)
    session.run(2)
    report, network = judged(session).report(), session.network

    for row in (0, 7):
        alone = network.evaluator.evaluate(
            network.inputs["train"][row : row + 1], network.targets["train"][row : row + 1]
        )
        assert report.losses[row] == pytest.approx(alone.loss, rel=1e-5)


def test_evaluating_changes_nothing_and_is_done_once() -> None:
    """Bit for bit; as long as the parameters stay, what was found is found again."""
    session = cursor()
    session.run(3)
    before = everything(session)
    judging = judged(session)

    assert before == everything(session)
    assert judging is session.judging("train")
    session.run(1)
    assert judging is not session.judging("train")
    assert not session.judging("train").done


def test_slices_find_what_one_go_finds() -> None:
    """However small they are."""
    session = cursor(**IRIS)
    small = Judging(session.network, "train")
    small._slice = 7
    while not small.done:
        small.go_on()

    np.testing.assert_allclose(judged(session).report().losses, small.report().losses, rtol=1e-6)
    np.testing.assert_array_equal(judged(session).report().answers, small.report().answers)


def test_the_worst_come_first_and_pages_follow_each_other() -> None:
    """Two pages of three are the first six."""
    session = cursor(**IRIS)
    six = [row.loss or 0 for row in asked(session, limit=6).rows]
    pages = [row.loss or 0 for offset in (0, 3) for row in asked(session, limit=3, offset=offset).rows]

    assert six == pages == sorted(six, reverse=True)
    assert [0, 1, 2] == [row.example for row in asked(session, order="example", limit=3).rows]
    sure = [row.probability or 0 for row in asked(session, order="sure", limit=120).rows]
    assert sure == sorted(sure, reverse=True)


def test_a_cell_of_the_confusion_matrix_is_a_filter() -> None:
    """As many examples as it counts, each of them right or wrong as it stands on the diagonal or not."""
    session = cursor(**IRIS)
    session.run(30)
    confusion = session.confusion()
    assert confusion is not None
    for target in range(3):
        for answer in range(3):
            found = asked(session, target=target, answer=answer, limit=100)
            assert confusion.train[target, answer] == found.matching == len(found.rows)
            assert all(row.right is (target == answer) for row in found.rows)
    wrong = asked(session, wrong=True, limit=100)
    assert wrong.wrong == wrong.matching == int(confusion.train.sum() - np.trace(confusion.train))
    assert confusion.classes == wrong.classes


def test_an_example_is_told_as_it_was_measured() -> None:
    """Its raw columns, its class, what the network says and how sure it is of that."""
    session = cursor()
    row = asked(session, order="example", limit=1).rows[0]
    outputs = session.network.evaluator.forward(session.network.inputs["train"][:1])["output.a"]

    np.testing.assert_array_equal(session.network.dataset.raw_train[0], row.raw)
    assert row.says in {"apple", "orange"}
    assert row.probability == pytest.approx(max(outputs[0, 0], 1 - outputs[0, 0]))
    assert row.right is (row.target == row.says)


def test_texts_are_told_as_texts() -> None:
    """What is read, what is right, and what the network writes."""
    row = asked(cursor(**WORDS), order="example", limit=1).rows[0]

    assert (row.raw, row.target_class, row.probability) == (None, None, None)
    assert row.text
    assert row.target.endswith("⏎") or row.target
