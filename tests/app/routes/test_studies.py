"""Studies over REST: single examples, histograms over time, the learning rate."""

import asyncio
from typing import Any

import numpy as np
import pytest
from fastapi import Request

from app.routes.answers import unless_gone
from tests.app.routes.gateway import Api, Create
from tests.app.routes.test_trials import DIGITS, NAMES, problem


def test_the_worst_predictions_come_first(create: Create) -> None:
    """With an image to look at; their losses average to the loss that is reported."""
    api = create(**DIGITS)
    found = api.get("/predictions?limit=100")
    losses = [row["loss"] for row in found["rows"]]

    assert losses == sorted(losses, reverse=True)
    assert (1348, 1348, 100) == (found["of"], found["evaluated"], len(losses))
    assert (1, 8, 8) == np.shape(found["rows"][0]["raw"])
    assert api.get("")["metrics"]["train_loss"] == pytest.approx(found["mean_loss"], rel=1e-5)
    assert api.get("/predictions?part=test")["of"] == 449


def test_predictions_are_filtered_and_paged(create: Create) -> None:
    """A cell of the confusion matrix, page by page."""
    api = create(**DIGITS)
    train = api.get("/confusion")["confusion"]["train"]
    target, answer = divmod(int(np.argmax(train)), 10)
    path = f"/predictions?target={target}&answer={answer}&order=example&limit=5"
    first, second = api.get(path), api.get(f"{path}&offset=5")

    assert train[target][answer] == first["matching"] == second["matching"]
    assert {(target, answer)} == {(row["target_class"], row["answer_class"]) for row in first["rows"]}
    assert first["rows"][-1]["example"] < second["rows"][0]["example"]
    wrong = api.get("/predictions?wrong=true")
    assert wrong["wrong"] == wrong["matching"]
    assert not any(row["right"] for row in wrong["rows"])


def test_predictions_of_texts(create: Create) -> None:
    """What is read is told as a text."""
    row = create(**NAMES).get("/predictions?order=example&limit=1")["rows"][0]

    assert row["text"]
    assert row["raw"] is None
    assert row["target"] in {"German", "Italian", "Japanese"}


def test_histograms_grow_with_the_training(create: Create) -> None:
    """A column for each step as long as they are few; all entries are counted."""
    api = create(**DIGITS)
    api.post("/step", {"unit": "batch", "count": 3})
    found = api.get("/histograms")
    kernel = found["parameters"]["conv.kernel"]

    assert ["conv.kernel", "conv.b", "output.W", "output.b"] == found["names"] == list(found["parameters"])
    assert ([0, 1, 2, 3], [1, 2, 3]) == (kernel["weights"]["steps"], kernel["updates"]["steps"])
    assert [27] * 4 == np.sum(kernel["weights"]["counts"], axis=1).tolist()
    assert (27, 27) == (kernel["entries"], kernel["counted"])
    assert ["output.b"] == list(api.get("/histograms?parameters=output.b")["parameters"])


def test_a_learning_rate_is_found_on_a_copy(create: Create) -> None:
    """The session is as it was, and the same question has the same answer."""
    api = create(**DIGITS)
    before = api.everything()
    found = api.post("/learning-rate", {"steps": 60})

    assert before == api.everything()
    assert found == api.post("/learning-rate", {"steps": 60})
    assert found["steepest"] < found["smallest"]
    assert float(f"{min(found['steepest'], found['smallest'] / 10):.0e}") == found["suggestion"]
    assert len(found["rates"]) == len(found["losses"]) == len(found["smoothed"]) <= 60


def test_predictions_can_be_asked_while_it_plays(create: Create) -> None:
    """And it goes on playing."""
    api = create(**DIGITS)
    api.post("/play", {})
    assert 20 == len(api.get("/predictions")["rows"])
    assert api.post("/learning-rate", {"steps": 5})["rates"]
    assert "playing" == api.get("")["mode"]


@pytest.mark.parametrize(
    ("method", "path", "body", "loc"),
    [
        ("GET", "/predictions?part=all", None, ["query", "part"]),
        ("GET", "/predictions?limit=1000", None, ["query", "limit"]),
        ("GET", "/predictions?order=luck", None, ["query", "order"]),
        ("GET", "/histograms?parameters=nobody", None, ["parameters"]),
        ("GET", "/histograms?parameters=a,,b", None, ["query", "parameters"]),
        ("POST", "/learning-rate", {"low": 1, "high": 0.1}, ["high"]),
        ("POST", "/learning-rate", {"low": 0}, ["low"]),
        ("POST", "/learning-rate", {"steps": 1}, ["steps"]),
    ],
)
def test_what_makes_no_sense_is_refused(create: Create, method: str, path: str, body: Any, loc: list[str]) -> None:
    """With a problem document that says where."""
    document = problem(create(**DIGITS), method, path, body)

    assert [loc] == [error["loc"] for error in document["errors"]]


def test_a_session_that_has_diverged_has_no_learning_rate_to_find(create: Create) -> None:
    """It says why."""
    linear = [{"id": "output", "type": "dense", "units": 1, "activation": "linear"}]
    optimizer = {"type": "sgd", "learning_rate": 1e20}
    api: Api = create(dataset={"name": "diabetes"}, layers=linear, optimizer=optimizer, loss={"type": "mse"})
    api.post("/step", {"unit": "epoch", "count": 50})
    assert api.get("")["diverged"]
    response = api("POST", "/learning-rate", {})

    assert (409, "diverged") == (response.status_code, response.json()["type"].rpartition("/")[2])


@pytest.mark.anyio
async def test_who_hangs_up_is_asked_for_no_longer() -> None:
    """What was asked on his behalf is cancelled."""
    cancelled = asyncio.Event()

    async def asking() -> dict[str, Any]:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise
        return {}

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0)
        return {"type": "http.disconnect"}

    assert {} == await unless_gone(Request({"type": "http"}, receive), asking())
    await asyncio.wait_for(cancelled.wait(), 5)
