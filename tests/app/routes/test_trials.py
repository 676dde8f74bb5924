"""Trying it oneself over REST: an example of one's own, saliency, ascent, texts."""

from typing import Any

import numpy as np
import pytest

from tests.app.routes.gateway import Api, Create
from tools.examples import TUNES, WORDS

DIGITS: dict[str, Any] = {
    "dataset": {"name": "digits"},
    "layers": [
        {"id": "conv", "type": "conv2d", "filters": 3, "kernel": 3, "activation": "tanh"},
        {"id": "flat", "type": "flatten"},
        {"id": "output", "type": "dense", "units": 10, "activation": "softmax"},
    ],
    "loss": {"type": "softmax_cross_entropy"},
    "batch_size": 16,
}
NAMES: dict[str, Any] = {
    "dataset": {"name": "surnames", "languages": ["German", "Italian", "Japanese"]},
    "layers": [
        {"id": "embed", "type": "embedding", "tokens": 40, "units": 4},
        {"id": "lstm", "type": "lstm", "units": 4},
        {"id": "output", "type": "dense", "units": 3, "activation": "softmax"},
    ],
    "loss": {"type": "softmax_cross_entropy"},
    "batch_size": 16,
}
DIGIT = (np.arange(64).reshape(1, 8, 8) / 63).tolist()


def problem(api: Api, method: str, path: str, body: Any) -> dict[str, Any]:
    """The problem document of what is refused."""
    response = api(method, path, body)
    assert 422 == response.status_code, response.text
    document: dict[str, Any] = response.json()
    return document


def test_a_digit_of_ones_own_is_answered(create: Create) -> None:
    """Shares of all classes, and, where it is said what is right, the loss."""
    api = create(**DIGITS)
    answer = api("PUT", "/own", {"inputs": DIGIT, "target": 3}).json()

    assert 1 == pytest.approx(sum(answer["answer"]["shares"]), rel=1e-5)
    assert str(int(np.argmax(answer["answer"]["shares"]))) == answer["answer"]["says"]
    assert -np.log(answer["answer"]["shares"][3]) == pytest.approx(answer["answer"]["loss"], rel=1e-4)
    assert (1, 8, 8) == np.shape(answer["own"]["inputs"])
    assert {"own": None, "answer": None} == api("DELETE", "/own").json()


def test_a_name_of_ones_own_is_answered(create: Create) -> None:
    """Capitals are read as the data are written; the target may be the class's name."""
    api = create(**NAMES)
    answer = api("PUT", "/own", {"text": "Schmidt", "target": "German"}).json()

    assert "Schmidt" == answer["own"]["text"]
    assert [1.0, 0.0, 0.0] == answer["own"]["target"]
    assert answer["answer"]["says"] in {"German", "Italian", "Japanese"}


def test_measured_numbers_are_read_as_the_data_are(create: Create) -> None:
    """Raw columns are standardised before the network sees them."""
    api = create(dataset={"name": "fruit", "features": ["width", "color_score"]})
    answer = api("PUT", "/own", {"raw": [160, 7.1, 7.0, 0.8], "target": "apple"}).json()

    assert 2 == len(answer["own"]["inputs"])
    assert 1 == pytest.approx(sum(answer["answer"]["shares"]))
    assert answer["answer"]["says"] in {"apple", "orange"}


def test_classes_of_drawn_points_are_called_in_the_readers_language(create: Create) -> None:
    """As data, in what is answered, and in every table; measured data keep the names that they came with."""
    french = {"headers": {"Accept-Language": "fr"}}
    api, fruit = create(dataset={"name": "xor"}), create(dataset={"name": "fruit"})
    classes = ["signes opposés", "même signe"]

    assert classes == api.get("/dataset", **french)["classes"]
    assert classes == api.get("/confusion", **french)["confusion"]["classes"]
    assert {*classes} >= {row["target"] for row in api.get("/predictions", **french)["rows"]}
    own = api("PUT", "/own", {"raw": [1, 2], "target": 1}, **french).json()
    assert "même signe" == own["own"]["label"]
    assert own["answer"]["says"] in classes
    assert "same sign" == api("PUT", "/own", {"raw": [1, 2], "target": "same sign"}).json()["own"]["label"]
    assert ["orange", "apple"] == fruit.get("/dataset", **french)["classes"]


def test_saliency_is_the_gradient_of_the_strongest_answer(create: Create) -> None:
    """The same numbers for the drawn digit and for one's own that was set; the loss's are those of backward."""
    api = create(**DIGITS)
    api("PUT", "/own", {"inputs": DIGIT, "target": 3}).raise_for_status()
    given = api.post("/saliency", {"inputs": DIGIT})

    assert given == api.post("/saliency", {"example": "own"})
    assert ("output.z", "input.a") == (given["node"], given["source"])
    assert (1, 1, 8, 8) == np.shape(given["gradient"])
    np.testing.assert_array_equal(np.abs(given["gradient"])[:, 0], given["strength"])
    loss = api.post("/saliency", {"example": "own", "node": "loss"})
    assert api.post("/backward", {"inputs": [DIGIT], "targets": [3]})["gradients"]["inputs"] == loss["gradient"]


def test_saliency_of_a_name_is_one_number_for_each_character(create: Create) -> None:
    """Of the vectors that are looked up; backward says null for the input itself."""
    api = create(**NAMES)
    found = api.post("/saliency", {"text": "rossi", "node": "output.a", "index": [1]})

    assert "embed.a" == found["source"]
    assert (1, 14) == np.shape(found["strength"])
    backward = api.post("/backward", {"inputs": [[1.0] * 14], "targets": [1]})
    assert backward["gradients"]["inputs"] is None


def test_an_ascent_excites_a_feature_map(create: Create) -> None:
    """The value rises, pixels stay between 0 and 1, and the session is as it was."""
    api = create(**DIGITS)
    before = api.everything()
    found = api.post("/ascend", {"node": "conv.a", "index": [1], "steps": 30, "learning_rate": 0.1})

    assert found["values"][-1] > found["values"][0]
    assert (31, 9) == (len(found["values"]), len(found["inputs"]))
    assert 0 <= np.min(found["input"]) <= np.max(found["input"]) <= 1
    assert before == api.everything()


def test_a_text_is_written_and_its_bars_are_counted(create: Create) -> None:
    """The same seed writes the same."""
    api = create(**TUNES)
    wish = {"prime": "M:6/8\nK:G\nABc def|", "length": 40, "seed": 3}
    found = api.post("/generate", wish)

    assert found["text"].startswith(wish["prime"])
    assert found == api.post("/generate", wish)
    assert ("6/8", "G") == (found["tune"]["metre"], found["tune"]["key"])
    assert "full" == found["tune"]["bars"][0]["kind"]
    assert api.post("/generate", {"length": 5})["tune"] is None


def test_a_word_is_translated(create: Create) -> None:
    """The likeliest symbols, each with how likely it was and where it looked; the session is as it was."""
    api = create(**WORDS)
    before = api.everything()
    found = api.post("/translate", {"text": "Two"})

    assert len(found["tokens"]) == len(found["probabilities"]) == len(found["attention"]["weights"])
    assert found["text"] == "".join(found["tokens"]).removesuffix("⏎")
    assert (found["tokens"], list("two")) == (found["attention"]["rows"], found["attention"]["columns"])
    np.testing.assert_allclose(1, np.sum(found["attention"]["weights"], axis=1), rtol=1e-5)
    assert before == api.everything()


def test_a_word_is_translated_by_chance(create: Create) -> None:
    """The same seed writes the same, another something else; a temperature without sampling changes nothing."""
    api = create(**WORDS)
    drawn = [api.post("/translate", {"text": "two", "sample": True, "seed": seed})["text"] for seed in (1, 1, 2)]

    assert drawn[0] == drawn[1] != drawn[2]
    assert api.post("/translate", {"text": "two"}) == api.post("/translate", {"text": "two", "temperature": 5})


@pytest.mark.parametrize(
    ("body", "loc", "words"),
    [
        ({"text": "two!"}, ["text"], "no '!' (place 3) in the vocabulary. Known: "),
        ({"text": ""}, ["text"], "at least 1 character"),
        ({"text": "o" * 40}, ["text"], "a text of 1 to "),
        ({"text": "two", "sample": True, "temperature": 0}, ["temperature"], "0.05"),
        ({}, ["text"], "required"),
    ],
)
def test_what_cannot_be_translated_is_refused(create: Create, body: Any, loc: list[str], words: str) -> None:
    """Unknown characters, too few and too many of them, no temperature."""
    document = problem(create(**WORDS), "POST", "/translate", body)

    assert [loc] == [error["loc"] for error in document["errors"]]
    assert words in document["errors"][0]["msg"]


@pytest.mark.parametrize(
    ("method", "path", "body", "loc"),
    [
        ("PUT", "/own", {}, []),
        ("PUT", "/own", {"inputs": DIGIT, "text": "x"}, []),
        ("PUT", "/own", {"inputs": [1, 2]}, ["inputs"]),
        ("PUT", "/own", {"text": "x"}, ["text"]),
        ("PUT", "/own", {"inputs": DIGIT, "target": 10}, ["target"]),
        ("PUT", "/own", {"inputs": DIGIT, "target": "ten"}, ["target"]),
        ("POST", "/saliency", {"example": "own"}, ["example"]),
        ("POST", "/saliency", {"example": 10**6}, ["example"]),
        ("POST", "/saliency", {"inputs": DIGIT, "node": "nobody"}, ["node"]),
        ("POST", "/saliency", {"inputs": DIGIT, "node": "loss"}, ["target"]),
        ("POST", "/saliency", {"inputs": DIGIT, "node": "conv.a", "index": [3]}, ["index"]),
        ("POST", "/ascend", {"node": "conv.a", "index": [0, 0, 0, 0]}, ["index"]),
        ("POST", "/ascend", {"node": "conv.a", "start": "example"}, ["example"]),
        ("POST", "/ascend", {"node": "conv.a", "steps": 0}, ["steps"]),
        ("POST", "/generate", {}, ["spec"]),
        ("POST", "/translate", {"text": "two"}, ["spec", "layers"]),
    ],
)
def test_what_makes_no_sense_is_refused(create: Create, method: str, path: str, body: Any, loc: list[str]) -> None:
    """With a problem document that says where."""
    document = problem(create(**DIGITS), method, path, body)

    assert [loc] == [error["loc"] for error in document["errors"]]
    assert document["detail"]
