"""What can be asked of a session, and that asking changes nothing."""

import math
from typing import Any

import numpy as np
import pytest

from tests.app.routes.gateway import Api


def test_forward_runs_the_callers_inputs(api: Api) -> None:
    """Outputs and activations are those of the present weights."""
    api("PUT", "/parameters/output.W", {"value": [[1.0], [2.0]]}).raise_for_status()

    answer = api.post("/forward", {"inputs": [[1, 1], [0, 0]]})

    assert [[pytest.approx(1 / (1 + math.exp(-3)))], [0.5]] == answer["outputs"]
    assert [[3.0], [0.0]] == answer["activations"]["output.z"]


def test_backward_answers_every_gradient(api: Api) -> None:
    """For binary cross-entropy on a sigmoid, dL/dz is p - y."""
    api("PUT", "/parameters/output.W", {"value": [[0.0], [0.0]]}).raise_for_status()

    answer = api.post("/backward", {"inputs": [[1, 2]], "targets": [[1]]})

    assert pytest.approx(math.log(2)) == answer["loss"]
    assert [[-0.5], [-1.0]] == answer["gradients"]["parameters"]["output.W"]
    assert [[0.0, 0.0]] == answer["gradients"]["inputs"]


def test_a_tensor_is_null_where_nothing_is_computed(api: Api) -> None:
    """Before its operation has run there is no number and a reason; after it there is."""
    before = api.get("/tensors/output.z")
    api.post("/step", {"count": 2})
    after = api.get("/tensors/output.z")

    assert (None, None) == (before["activation"], before["gradient"])
    assert before["reason"]
    assert (4, 1) == np.shape(after["activation"])


def test_an_explanations_terms_add_up(api: Api) -> None:
    """The terms of a pre-activation, added, are its value."""
    api.post("/step", {"count": 3})

    why = api.get("/explain/output.z?index=1,0&level=high_school")

    assert pytest.approx(sum(term["value"] for term in why["terms"]) * why["scale"], rel=1e-4) == why["value"]
    assert "high_school" == why["level"]
    assert why["text"]


def test_gradcheck_finds_agreement(api: Api) -> None:
    """Backpropagation agrees with finite differences, for all parameters or for one entry."""
    everything = api.post("/gradcheck")
    one = api.post("/gradcheck", {"parameter": "output.W", "index": [0, 0]})

    assert everything["passed"]
    assert {"output.W", "output.b"} == everything["parameters"].keys()
    assert [[0, 0]] == one["parameters"]["output.W"]["indices"]


def test_gradcheck_is_of_the_step_that_is_shown(api: Api) -> None:
    """Its update has moved the weights since: the gradients are still those that the tensor shows."""
    api.post("/step", {"unit": "batch"})

    report = api.post("/gradcheck", {"parameter": "output.W"})
    shown = np.ravel(api.get("/tensors/output.W")["gradient"])

    assert 0 == report["at_step"]
    np.testing.assert_allclose(report["parameters"]["output.W"]["analytic"], shown, rtol=1e-4)


def test_the_ledger_balances(api: Api) -> None:
    """Start and deltas add up to the current weights."""
    api.post("/step", {"unit": "batch", "count": 4})

    book = api.get("/ledger?parameter=output.W")

    assert book["balanced"]
    np.testing.assert_allclose(np.add(book["start"], book["sum_of_deltas"]), book["current"], rtol=1e-5)


def test_history_has_columns_of_one_length(api: Api) -> None:
    """A point for every multiple of the stride."""
    api.post("/step", {"unit": "batch", "count": 4})

    history = api.get("/history")

    assert [0, 1, 2, 3, 4] == history["step"]
    assert {5} == {len(column) for name, column in history.items() if name != "stride"}


def test_confusion_counts_every_example(api: Api) -> None:
    """Rows are the true classes, columns the answers."""
    confusion = api.get("/confusion")["confusion"]

    assert 4 == sum(map(sum, confusion["train"]))


def test_a_projection_has_a_point_for_each_row(api: Api) -> None:
    """Of the output's matrix, one for each hidden unit; its rows have no names."""
    found = api.get("/projection/output.W")

    assert len(api.get("/tensors/output.W")["activation"]) == len(found["points"])
    assert [] == found["tokens"]
    assert 0 <= sum(found["explained"]) <= 1 + 1e-9


def test_the_dataset_can_be_read(api: Api) -> None:
    """Columns and features of the caller's own numbers."""
    assert ["x1", "x2"] == api.get("/dataset")["columns"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/tensors/nothing.a", None, 404),
        ("GET", "/tensors/" + "x" * 100, None, 422),
        ("GET", "/explain/nothing.a", None, 404),
        ("GET", "/explain/output.z?index=9,9", None, 422),
        ("GET", "/explain/output.z?index=minus", None, 422),
        ("GET", "/explain/output.z?level=professor", None, 422),
        ("GET", "/explain/output.z?quantity=colour", None, 422),
        ("GET", "/ledger", None, 422),
        ("GET", "/ledger?parameter=nothing.W", None, 422),
        ("POST", "/gradcheck", {"parameter": "nothing.W"}, 422),
        ("POST", "/gradcheck", {"parameter": "output.W", "index": [7, 7]}, 422),
        ("POST", "/gradcheck", {"max_entries": 0}, 422),
        ("POST", "/forward", {"inputs": []}, 422),
        ("POST", "/forward", {"inputs": [[1, 2, 3]]}, 422),
        ("POST", "/forward", {"inputs": [["one", "two"]]}, 422),
        ("POST", "/forward", {"inputs": [[1], [1, 2]]}, 422),
        ("POST", "/forward", {"inputs": [[None, 1]]}, 422),
        ("POST", "/forward", {"inputs": [{"a": 1}]}, 422),
        ("POST", "/backward", {"inputs": [[1, 2]]}, 422),
        ("POST", "/backward", {"inputs": [[1, 2]], "targets": [[1], [0]]}, 422),
        ("POST", "/backward", {"inputs": [[1, 2]], "targets": ["yes"]}, 422),
    ],
)
def test_a_question_that_has_no_answer_says_why(api: Api, method: str, path: str, body: Any, status: int) -> None:
    """A name in the path that does not exist is a 404; all else that is wrong a 422. Nothing changes."""
    api.post("/step", {"count": 3})
    before = api.everything()

    response = api(method, path, body)

    assert status == response.status_code, response.text
    assert "application/problem+json" == response.headers["content-type"]
    assert response.json()["detail"]
    assert before == api.everything()


def test_asking_changes_nothing(api: Api) -> None:
    """No question moves the cursor or a weight."""
    api.post("/step", {"count": 5})
    before = api.everything()

    api.post("/forward", {"inputs": [[1, 1]]})
    api.post("/backward", {"inputs": [[1, 1]], "targets": [[0]]})
    api.post("/gradcheck")
    api.get("/explain/output.W?index=0,0")
    api.get("/ledger?parameter=output.b")
    api.get("/tensors/loss")
    api.get("/confusion")

    assert before == api.everything()
