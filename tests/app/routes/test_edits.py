"""Edits over REST: undone, redone, joined by a gesture, answered live; a layer renamed."""

from typing import Any

from tests.app.routes.gateway import Api, Create


def standing(api: Api) -> Any:
    """All but what can be undone, which is another thing after each undo."""
    state, parameters, history = api.everything()
    return {**state, "undoable": None, "sentence": None}, parameters, history


def test_undo_goes_back_to_before_the_edit_and_redo_to_where_it_was_asked(api: Api) -> None:
    """With all that was trained since; and what would be undone is said beforehand."""
    api.post("/step", {"unit": "batch", "count": 3})
    before = standing(api)
    edited = api("PATCH", "/spec", {"optimizer": {"learning_rate": 0.02}}).json()
    api.post("/step", {"unit": "batch", "count": 4})
    after = standing(api)

    undone = api.post("/undo")
    assert before == standing(api)
    redone = api.post("/redo")

    assert after == standing(api)
    deed = {"what": "option", "name": "optimizer.learning_rate", "field": "", "value": 0.02}
    assert {"undo": {**deed, "step": 3, "op": 0}, "redo": None} == edited["undoable"]
    assert ("undone", False, deed) == (undone["type"], undone["redone"], undone["deed"])
    assert {"undo": None, "redo": {**deed, "step": 7, "op": 0}} == undone["undoable"]
    assert (True, deed, 7) == (redone["redone"], redone["deed"], redone["cursor"]["step"])


def test_undo_brings_back_what_a_reset_took(api: Api) -> None:
    """The training goes on where it was."""
    api.post("/step", {"unit": "batch", "count": 5})
    before = standing(api)
    api.post("/reset", {"seed": 9})
    api.post("/undo")

    assert before == standing(api)


def test_where_nothing_was_done_nothing_is_undone(api: Api) -> None:
    """409, with a kind of its own, and nothing has changed."""
    before = api.everything()
    refused = api("POST", "/undo")

    assert (409, "/problems/nothing-to-undo") == (refused.status_code, refused.json()["type"])
    assert 409 == api("POST", "/redo").status_code
    assert before == api.everything()


def test_undo_ends_playing(api: Api) -> None:
    """As every move in time does."""
    api("PATCH", "/spec", {"batch_size": 3})
    api.post("/play", {"steps_per_second": 0.001})

    assert "paused" == api.post("/undo")["mode"]


def test_a_gesture_is_undone_at_once(api: Api) -> None:
    """Two commands that belong together, over different routes."""
    before = standing(api)
    api("PATCH", "/spec?gesture=data", {"batch_size": 3})
    api.post("/reset", {"gesture": "data"})
    api.post("/undo")

    assert before == standing(api)


def test_an_answer_says_the_loss_and_repeats_no_graph(api: Api) -> None:
    """The step begins again and runs to its loss: what a person who drags a weight wants to see."""
    name = next(iter(api.get("/parameters")["parameters"]))
    value = api.get("/parameters")["parameters"][name]
    quiet = api("PUT", f"/parameters/{name}", {"value": value}).json()
    told = api("PUT", f"/parameters/{name}", {"value": value, "answer": True}).json()

    assert (None, None, "backward") == (told["graph"], told["calls"], told["cursor"]["phase"])
    assert quiet["graph"]
    assert quiet["metrics"]["loss"] is None
    assert isinstance(told["metrics"]["loss"], float)


def test_a_layer_is_renamed_with_its_weights(create: Create) -> None:
    """And refused, where it is, if the name is taken; both say so."""
    api = create()
    old = api.get()["spec"]["layers"][0]["id"]
    before = api.get("/parameters")["parameters"]
    edited = api.post("/rename", {"layer": old, "name": "first"})
    after = api.get("/parameters")["parameters"]
    refused = api("POST", "/rename", {"layer": "nobody", "name": "x"})

    assert list(before.values()) == list(after.values())
    assert "first.W" in after
    assert {"what": "rename", "name": old, "field": "", "value": "first"}.items() <= edited["undoable"]["undo"].items()
    assert (422, [["layer"]]) == (refused.status_code, [flaw["loc"] for flaw in refused.json()["errors"]])


def test_another_seed_draws_other_data_and_whoever_looks_is_told(create: Create) -> None:
    """By an edit, by a new beginning, and when either is undone; the same seed tells nothing."""
    api = create(dataset={"name": "circle"})
    first = api.get("/dataset")
    edited = api("PATCH", "/spec", {"seed": 9}).json()["dataset"]
    begun = api.post("/reset", {"seed": 10})["dataset"]

    assert edited not in (None, first)
    assert api.get("/dataset") == begun != edited
    assert edited == api.post("/undo")["dataset"]
    assert first == api.post("/undo")["dataset"]
    assert api.post("/reset")["dataset"] is None
