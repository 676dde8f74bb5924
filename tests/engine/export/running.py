"""Runs exported scripts in a Python of its own, where there is no Deltaflow, and brings back what they computed."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from engine.arrays import Array

Named = dict[str, Array]

#: Reads one question for each line: a script, what to run after it, and where to put the answer.
SERVER = """
import importlib.util, json, sys, traceback
import numpy as np

def answer_to(question):
    spec = importlib.util.spec_from_file_location("script", question["script"])
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert not any(name.partition(".")[0] in ("engine", "app") for name in sys.modules)
    scope = {"script": script}
    exec(question["body"], scope)
    flat = {f"{kind}/{name}": one for kind, found in scope["answer"].items() for name, one in found.items()}
    np.savez(question["answer"], **flat)

for line in sys.stdin:
    try:
        answer_to(json.loads(line))
        print(json.dumps(""), flush=True)
    except Exception:
        print(json.dumps(traceback.format_exc()), flush=True)
"""


def run(script: bytes, folder: Path) -> str:
    """What the script prints."""
    path = folder / "script.py"
    path.write_bytes(script)
    command = [sys.executable, "-I", "-W", "error", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder).stdout


class Elsewhere:
    """One process for many scripts: importing PyTorch takes seconds."""

    def __init__(self) -> None:
        command = [sys.executable, "-I", "-W", "error", "-c", SERVER]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, script: bytes, folder: Path, body: str) -> dict[str, Named]:
        """Import the script, run ``body``, which sets ``answer`` to {kind: {name: array}}, and hand that over."""
        path = folder / "script.py"
        path.write_bytes(script)
        failure = self._send({"script": str(path), "body": body, "answer": str(folder / "answer.npz")})
        assert not failure, failure
        answer: dict[str, Named] = {}
        with np.load(folder / "answer.npz", allow_pickle=False) as arrays:
            for key in arrays.files:
                kind, _, name = key.partition("/")
                answer.setdefault(kind, {})[name] = arrays[key]
        return answer

    def _send(self, question: dict[str, str]) -> Any:
        """What went wrong; nothing, it is hoped."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        """End it."""
        self._process.communicate()


def assert_close(expected: Named, actual: Named, tolerance: float) -> None:
    """The same names, and numbers that agree to this part of the largest of each array.

    An array beside which all others are ten thousand times as large may be what rounding has left of 0.
    """
    assert expected.keys() == actual.keys()
    largest = {name: float(np.abs(array).max(initial=0.0)) for name, array in expected.items()}
    for name, array in expected.items():
        scale = max(largest[name], 1e-4 * max(largest.values())) or 1.0
        np.testing.assert_allclose(actual[name], array, rtol=tolerance, atol=tolerance * scale, err_msg=name)
