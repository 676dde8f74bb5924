"""Runs an exported script in a Python of its own, where there is no Deltaflow, and brings back what it computed."""

import subprocess
import sys
from pathlib import Path

import numpy as np

from engine.arrays import Array

Named = dict[str, Array]

ASKING = """
import importlib.util, sys
import numpy as np
spec = importlib.util.spec_from_file_location("script", sys.argv[1])
script = importlib.util.module_from_spec(spec)
spec.loader.exec_module(script)
assert not any(name.partition(".")[0] in ("engine", "app") for name in sys.modules)
{body}
flat = {{f"{{kind}}/{{name}}": array for kind, found in answer.items() for name, array in found.items()}}
np.savez(sys.argv[2], **flat)
"""


def run(script: bytes, folder: Path) -> str:
    """What the script prints."""
    path = folder / "script.py"
    path.write_bytes(script)
    command = [sys.executable, "-I", "-W", "error", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder).stdout


def ask(script: bytes, folder: Path, body: str) -> dict[str, Named]:
    """Import the script, run ``body``, which sets ``answer`` to {kind: {name: array}}, and hand that over."""
    (folder / "script.py").write_bytes(script)
    (folder / "ask.py").write_text(ASKING.format(body=body))
    command = [sys.executable, "-I", "-W", "error", "ask.py", "script.py", "answer.npz"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Named] = {}
    with np.load(folder / "answer.npz", allow_pickle=False) as arrays:
        for key in arrays.files:
            kind, _, name = key.partition("/")
            answer.setdefault(kind, {})[name] = arrays[key]
    return answer


def assert_close(expected: Named, actual: Named, tolerance: float) -> None:
    """The same names, and numbers that agree to this part of the largest of each array."""
    assert expected.keys() == actual.keys()
    for name, array in expected.items():
        scale = float(np.abs(array).max(initial=0.0)) or 1.0
        np.testing.assert_allclose(actual[name], array, rtol=tolerance, atol=tolerance * scale, err_msg=name)
