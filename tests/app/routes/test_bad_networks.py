"""Networks that cannot be: what a person who made the mistake is told, and that the old network lives on."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.app.routes.gateway import Api, Create
from tools.examples import SPEC, TUNES

Layer = dict[str, Any]
Case = tuple[dict[str, Any], list[Any], list[str]]


def dense(identifier: str = "output", units: int = 2, **more: Any) -> Layer:
    """A dense layer."""
    return {"id": identifier, "type": "dense", "units": units, **more}


def data(inputs: list[Any], targets: list[Any], **more: Any) -> dict[str, Any]:
    """Inline data."""
    return {"inline": {"inputs": inputs, "targets": targets, **more}}


FLAT = {"id": "flat", "type": "flatten"}
IMAGES = data([[[[0.0, 1.0, 0.5], [1.0, 0.0, 0.5]]], [[[1.0, 1.0, 0.5], [0.0, 0.0, 0.5]]]], [[0, 1], [1, 0]])
SERIES = data([[[1.0], [2.0], [3.0]], [[3.0], [2.0], [1.0]]], [[0, 1], [1, 0]])
ROWS = data([[1.0, 2.0], [2.0, 1.0]], [[0, 1], [1, 0]])
TEXTS = data(["ab", "ba"], ["x", "xy"], tokens=["a", "b"])
READ = [{"id": "table", "type": "one_hot", "tokens": 3}, {"id": "read", "type": "lstm", "units": 2}]
CROSS = "softmax_cross_entropy"


def write(**more: Any) -> Layer:
    """A decoder."""
    return {"id": "write", "type": "decoder", "units": 2, "tokens": 3, **more}


#: What is wrong -> changes of the spec, where the mistake is, and what the words must hold.
BAD: dict[str, Case] = {
    "a kernel larger than its padded input": (
        {"dataset": IMAGES, "layers": [{"id": "conv", "type": "conv2d", "filters": 2, "kernel": 5}, FLAT, dense()]},
        ["layers", 0],
        ['layer "conv"', "at least 5", "(N, 1, 2, 3)", "smaller kernel"],
    ),
    "a dilated kernel too, padding counted": (
        {
            "dataset": IMAGES,
            "layers": [
                {"id": "conv", "type": "conv2d", "filters": 2, "kernel": 2, "dilation": 6, "padding": 1},
                FLAT,
                dense(),
            ],
        },
        ["layers", 0],
        ['layer "conv"', "at least 5", "less dilation"],
    ),
    "a pooling window larger than the image": (
        {"dataset": IMAGES, "layers": [{"id": "pool", "type": "max_pool2d", "size": 4}, FLAT, dense()]},
        ["layers", 0],
        ['layer "pool"', "at least 4", "smaller window"],
    ),
    "padding as large as the window": (
        {"dataset": IMAGES, "layers": [{"id": "pool", "type": "max_pool2d", "size": 2, "padding": 2}, FLAT, dense()]},
        ["layers", 0, "padding"],
        ['layer "pool"', "pads by 2", "smaller than the window"],
    ),
    "groups that do not divide the channels": (
        {
            "dataset": IMAGES,
            "layers": [{"id": "conv", "type": "conv2d", "filters": 2, "groups": 2, "kernel": 1}, FLAT, dense()],
        },
        ["layers", 0],
        ['layer "conv"', "multiple of 2", "(N, 1, 2, 3)"],
    ),
    "a convolution over rows": (
        {"dataset": ROWS, "layers": [{"id": "conv", "type": "conv2d", "filters": 2}, FLAT, dense()]},
        ["layers", 0],
        ['layer "conv"', "(N, C, H, W)", "(N, 2)", "reshape"],
    ),
    "a recurrence over images": (
        {"dataset": IMAGES, "layers": [{"id": "memory", "type": "lstm", "units": 2}, dense()]},
        ["layers", 0],
        ['layer "memory"', "(N, T, D)", "(N, 1, 2, 3)", "reshape"],
    ),
    "a recurrence over tokens as they are": (
        {"dataset": TEXTS, "layers": [READ[1], dense()], "loss": CROSS},
        ["layers", 0],
        ['layer "read"', "(N, T, D)", "(N, 2)", "embedding"],
    ),
    "images into a dense layer": (
        {"dataset": IMAGES, "layers": [dense()]},
        ["layers", 0],
        ['"output"', "flatten", "(N, 1, 2, 3)"],
    ),
    "wires of different shapes": (
        {
            "dataset": ROWS,
            "layers": [dense("a", 3), dense("b", 4), {"id": "sum", "type": "add", "inputs": ["a", "b"]}, dense()],
        },
        ["layers", 2],
        ['layer "sum"', "(N, 3)", "(N, 4)"],
    ),
    "a circle": (
        {"dataset": ROWS, "layers": [dense("a", 3, inputs=["b"]), dense("b", 4, inputs=["a"]), dense()]},
        ["layers", 0, "inputs"],
        ["reads its own output", "←"],
    ),
    "a wire from nowhere": (
        {"dataset": ROWS, "layers": [dense("hidden1", 3), dense(inputs=["hiden1"])]},
        ["layers", 1, "inputs", 0],
        ['no layer "hiden1"', 'did you mean "hidden1"'],
    ),
    "another number of numbers": (
        {"dataset": ROWS, "layers": [{"id": "shape", "type": "reshape", "shape": [3, 1]}, FLAT, dense()]},
        ["layers", 0],
        ['layer "shape"', "3 numbers", "(N, 3, 1)", "(N, 2)"],
    ),
    "heads that do not divide the units": (
        {"dataset": SERIES, "layers": [{"id": "look", "type": "attention", "heads": 3, "units": 4}, FLAT, dense()]},
        ["layers", 0],
        ['layer "look"', "3"],
    ),
    "lengths that are not those of the sequences": (
        {
            "dataset": data([[[1.0], [2.0]], [[1.0], [2.0]]], [[0, 1], [1, 0]], lengths=[2, 3]),
            "layers": [{"id": "memory", "type": "rnn", "units": 2}, dense()],
        },
        ["dataset", "inline", "lengths"],
        ["3", "2"],
    ),
    "time steps of different widths": (
        {"dataset": data([[[1.0], [2.0]], [[1.0, 2.0]]], [[0, 1], [1, 0]]), "layers": [FLAT, dense()]},
        ["dataset", "inline", "inputs"],
        ["inputs["],
    ),
    "a class that does not exist": (
        {"dataset": data([[1.0], [2.0]], [0, 2], classes=["a", "b"]), "layers": [dense()], "loss": CROSS},
        ["dataset", "inline", "targets", 1],
        ["targets[1] is 2", "0 to 1"],
    ),
    "a token that the table does not have": (
        {
            "dataset": data([[0, 1], [3, 2]], [[0, 1], [1, 0]]),
            "layers": [{"id": "table", "type": "embedding", "tokens": 3, "units": 2}, FLAT, dense()],
        },
        ["dataset"],
        ['layer "table"', "0 to 2", "example 2, place 1 holds 3"],
    ),
    "a character that is not in the vocabulary": (
        {"dataset": data(["ab", "cb"], ["x", "xy"], tokens=["a", "b"]), "layers": [*READ, write()], "loss": CROSS},
        ["dataset", "inline", "inputs"],
        ["inputs[1]", "no 'c'", "Known: a b"],
    ),
    "a sequence that is too long": (
        {
            "dataset": data([[[1.0]] * 257, [[2.0]] * 257], [[0, 1], [1, 0]]),
            "layers": [{"id": "memory", "type": "rnn", "units": 2}, dense()],
        },
        ["layers", 0],
        ['layer "memory"', "256", "257"],
    ),
    "a decoder that nothing is told": (
        {"dataset": TEXTS, "layers": [READ[0], FLAT, write()], "loss": CROSS},
        ["layers", 2, "inputs"],
        ['"write"', "lstm layer"],
    ),
    "a decoder of another cell": (
        {"dataset": TEXTS, "layers": [*READ, write(cell="gru")], "loss": CROSS},
        ["layers", 2, "inputs"],
        ['"write"', "gru layer"],
    ),
    "a decoder of another size": (
        {"dataset": TEXTS, "layers": [*READ, write(units=3)], "loss": CROSS},
        ["layers", 2],
        ['"write"', "(N, 3)", "(N, 2)"],
    ),
    "a decoder where nothing is written": (
        {"dataset": SERIES, "layers": [READ[1], write()]},
        ["layers", 1],
        ['"write"', "targets"],
    ),
    "an answer of another length than the targets": (
        {"dataset": TEXTS, "layers": [READ[0], {**READ[1], "return_sequences": True}, dense(units=3)], "loss": CROSS},
        ["layers", 2],
        ['"output"', "3 time steps"],
    ),
    "too many time steps in all": (
        {
            "dataset": data([[[1.0]] * 256, [[2.0]] * 256], [[0, 1], [1, 0]]),
            "layers": [
                *({"id": f"r{n}", "type": "lstm", "units": 1, "return_sequences": True} for n in range(9)),
                {"id": "end", "type": "last"},
                dense(),
            ],
        },
        ["layers", 1],
        ["nodes", '"r1"', "6,144"],
    ),
}


def holds(response: Any, loc: list[Any], words: list[str]) -> None:
    """It is a problem document with this place (or one within it) and these words."""
    assert (422, "application/problem+json") == (response.status_code, response.headers["content-type"]), response.text
    problem = response.json()
    places = [error["loc"][: len(loc)] for error in problem["errors"]]
    assert loc in places, problem
    told = " ".join([problem["detail"], *(error["msg"] for error in problem["errors"])])
    assert not [word for word in words if word not in told], told


@pytest.mark.parametrize("mistake", BAD)
def test_a_network_that_cannot_be_is_refused_where_the_mistake_is(http: TestClient, mistake: str) -> None:
    """Layer, expected, actual, and what would help."""
    changes, loc, words = BAD[mistake]

    holds(http.post("/api/v1/sessions", json={"spec": SPEC | changes}), ["spec", *loc], words)


@pytest.mark.parametrize("mistake", BAD)
def test_the_old_network_lives_on(api: Api, mistake: str) -> None:
    """A patch that is refused changes nothing: parameters, cursor, history; and then training goes on."""
    changes, loc, words = BAD[mistake]
    api.post("/step", {"unit": "batch", "count": 2})
    api.post("/step", {"unit": "op", "count": 3})
    before = api.everything()

    holds(api("PATCH", "/spec", changes), loc, words)

    assert before == api.everything()
    assert 3 == api.post("/step", {"unit": "batch"})["cursor"]["step"]


@pytest.mark.parametrize(
    ("path", "body", "loc", "words"),
    [
        ("/generate", {"prime": "M:6/8\nK:G\n☃"}, ["prime"], ["'☃'", "vocabulary", "place 10"]),
        ("/generate", {"length": 2001}, ["length"], ["2000"]),
        ("/generate", {"prime": "A" * 1001}, ["prime"], ["1000"]),
        ("/generate", {"temperature": -1}, ["temperature"], ["0"]),
        ("/forward", {"inputs": [[0.0, 1.0]]}, ["inputs"], ["(N, 16)", "(1, 2)"]),
        ("/forward", {"inputs": [[10**6] * 16]}, ["inputs"], ["token ids", "place 1 holds 1e+06"]),
    ],
)
def test_texts_and_tokens_that_cannot_be_read_are_refused(
    create: Create, path: str, body: Any, loc: list[str], words: list[str]
) -> None:
    """Unknown characters and tokens, and what is too long, are named; the session is as it was."""
    api = create(**TUNES)
    before = api.everything()

    holds(api("POST", path, body), loc, words)

    assert before == api.everything()


@pytest.mark.parametrize(
    ("body", "loc", "words"),
    [
        ({"text": "ababab"}, ["text"], ["2", "6"]),
        ({"text": "aq"}, ["text"], ["'q'", "vocabulary"]),
        ({"text": "ab", "target": "xyxyxyxy"}, ["target"], ["at most 3"]),
        ({"text": "ab", "target": "z"}, ["target"], ["'z'"]),
    ],
)
def test_a_text_of_ones_own_that_does_not_fit_is_refused(
    create: Create, body: Any, loc: list[str], words: list[str]
) -> None:
    """Of a network that translates: too long, unknown characters, on both sides."""
    api = create(dataset=TEXTS, layers=[*READ, write()], loss=CROSS)
    before = api.everything()

    holds(api("PUT", "/own", body), loc, words)

    assert before == api.everything()
