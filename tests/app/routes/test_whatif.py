"""What would be, over REST: nothing changes, refusals say where, and a viewer may ask."""

from typing import Any

import pytest

from tests.app.routes.gateway import Api

CHANGE: dict[str, Any] = {"parameter": "output.W", "index": [0, 0], "add": 0.5}


def test_old_and_new_stand_side_by_side_and_nothing_changes(api: Api) -> None:
    """The old values are those that are shown."""
    api.post("/step", {"count": 4})
    before = api.get("")
    shown = api.get("/tensors/output.a")["activation"]
    found = api.post("/what-if", {"changes": [CHANGE]})
    row = found["example"]

    assert found["nodes"]["output.a"]["old"] == pytest.approx(shown[row], rel=1e-5)
    assert found["changes"][0]["new"] == pytest.approx(found["changes"][0]["old"] + 0.5)
    assert found["loss"]["old"] != found["loss"]["new"]
    assert before["cursor"] == api.get("")["cursor"]


def test_an_effect_is_predicted_and_measured(api: Api) -> None:
    """After a whole step: gradient, nudge, the optimizer's own move, and a slice of the loss."""
    api.post("/step", {"unit": "batch"})
    found = api.post("/effect", {"parameter": "output.W", "index": [0, 0], "points": 21})

    assert found["nudge"]["predicted"] == pytest.approx(found["gradient"] * 0.01)
    assert found["nudge"]["measured"] == pytest.approx(found["nudge"]["predicted"], rel=0.05)
    assert 21 == len(found["slice"]["values"]) == len(found["slice"]["losses"]) == len(found["slice"]["tangent"])
    assert found["slice"]["losses"][10] == found["minimised"]
    assert found["step"]["measured"] < 0


def test_what_is_not_computed_is_null(api: Api) -> None:
    """Before the backward pass there is a reason and no gradient."""
    found = api.post("/effect", {"parameter": "output.W", "index": [0, 0]})

    assert (None, None, None, None) == tuple(found[name] for name in ("gradient", "delta", "step", "slice"))
    assert "has not reached it" in found["reason"]


@pytest.mark.parametrize(
    ("path", "body", "loc"),
    [
        ("/what-if", {"changes": [{**CHANGE, "index": [9, 0]}]}, ["changes", 0, "index"]),
        ("/what-if", {"changes": [{**CHANGE, "parameter": "nobody"}]}, ["changes", 0, "parameter"]),
        ("/what-if", {"changes": [{"input": [0]}]}, ["changes", 0]),
        ("/what-if", {"changes": []}, ["changes"]),
        ("/effect", {"parameter": "output.W", "index": [0, 0], "points": 4}, ["points"]),
        ("/effect", {"parameter": "output.W", "index": [0]}, ["index"]),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(api: Api, path: str, body: Any, loc: list[Any]) -> None:
    """As a problem document."""
    response = api("POST", path, body)

    assert 422 == response.status_code
    assert loc == response.json()["errors"][0]["loc"]
