"""A session as a file: what is written is what the session holds."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
import safetensors.numpy
from onnx.reference import ReferenceEvaluator

from app.routes.exports import FORMATS, file_stem
from tests.app.routes.gateway import Api


def test_json_holds_the_whole_session(api: Api) -> None:
    """Spec, cursor and parameters, in a file named after the session."""
    api.post("/step", {"unit": "batch", "count": 2})

    response = api("GET", "/export/json")

    assert 'attachment; filename="logical-or.json"' == response.headers["content-disposition"]
    assert api.get()["spec"] == response.json()["spec"]
    assert 2 == response.json()["cursor"]["step"]
    assert api.get("/parameters")["parameters"] == response.json()["parameters"]


def test_npz_is_read_by_numpy(api: Api) -> None:
    """numpy.load finds every parameter by its name, without unpickling."""
    with np.load(io.BytesIO(api("GET", "/export/npz").content), allow_pickle=False) as arrays:
        read = {name: arrays[name].tolist() for name in arrays.files}

    assert api.get("/parameters")["parameters"] == read


def test_safetensors_are_read_by_their_library(api: Api) -> None:
    """Every parameter, with the spec in the metadata."""
    content = api("GET", "/export/safetensors").content

    arrays = safetensors.numpy.load(content)
    header = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])

    assert api.get("/parameters")["parameters"] == {name: array.tolist() for name, array in arrays.items()}
    assert api.get()["spec"] == json.loads(header["__metadata__"]["spec"])


def test_a_script_runs_where_there_is_no_deltaflow(api: Api, tmp_path: Path) -> None:
    """It tells the loss of the present batch, before the update and after."""
    script = tmp_path / "script.py"
    script.write_bytes(api("GET", "/export/numpy").content)
    loss = api.post("/step", {"unit": "batch"})["metrics"]["loss"]

    said = subprocess.run([sys.executable, "-I", script], capture_output=True, text=True, check=True).stdout

    assert pytest.approx(loss) == float(said.splitlines()[0].split()[-1])


def test_an_onnx_file_answers_as_the_session_does(api: Api) -> None:
    """In ONNX's reference evaluator."""
    model = onnx.load_from_string(api("GET", "/export/onnx").content)

    (answer,) = ReferenceEvaluator(model).run(None, {"input.a": np.array([[0, 1], [1, 1]], np.float32)})

    np.testing.assert_allclose(
        np.asarray(answer), api.post("/forward", {"inputs": [[0, 1], [1, 1]]})["outputs"], rtol=1e-6
    )


def test_a_file_is_written_while_the_session_is_under_way(api: Api) -> None:
    """Writing changes nothing: whatever the format, the session stands where it stood."""
    api.post("/step", {"unit": "op", "count": 3})
    before = api.everything()

    for name in FORMATS:
        assert 200 == api("GET", f"/export/{name}").status_code

    assert before == api.everything()


def test_the_page_offers_every_format() -> None:
    """Its menu names each, and no other."""
    menu = (Path(__file__).parents[3] / "static/js/panels/exports.js").read_text()

    assert set(FORMATS) == set(re.findall(r'format: "(\w+)"', menu))


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_says_what_it_is(api: Api, name: str) -> None:
    """Each format has its media type and its suffix."""
    response = api("GET", f"/export/{name}")

    assert FORMATS[name].media_type == response.headers["content-type"]
    assert response.headers["content-disposition"].endswith(f'.{FORMATS[name].suffix}"')


def test_another_format_is_not_found_and_says_which_there_are(api: Api) -> None:
    """404, with the formats that exist."""
    response = api("GET", "/export/excel")

    assert 404 == response.status_code
    assert ", ".join(FORMATS) in response.json()["detail"]


@pytest.mark.parametrize(
    ("name", "stem"),
    [("Apples vs oranges", "apples-vs-oranges"), ("", "session"), ("橙", "session"), ('a"b\r\n/../c', "a-b-c")],
)
def test_any_name_makes_a_file_name(name: str, stem: str) -> None:
    """Letters and digits stay, the rest becomes hyphens; nothing breaks out of the header."""
    assert stem == file_stem(name)
