"""Record the examples of the OpenAPI document: a small session, walked through over REST.

``python -m tools.examples`` writes app/routes/examples.json. A test records again and compares.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from engine.tables import table_id

FILE = Path(__file__).resolve().parents[1] / "app" / "routes" / "examples.json"
API = "/api/v1"

SPEC = {
    "name": "Logical or",
    "seed": 7,
    "dataset": {"inline": {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "targets": [[0], [1], [1], [1]]}},
    "layers": [{"id": "output", "type": "dense", "units": 1, "activation": "sigmoid"}],
    "loss": {"type": "binary_cross_entropy"},
    "optimizer": {"type": "sgd", "learning_rate": 0.5},
    "batch_size": 4,
}
#: What is drawn at random, and what stands in the examples instead.
FIXED = {
    "id": "wBJx0aT6TbVQ8O4pYqg5Lw",
    "owner_token": "2Tm1vXo0sN0c8mR6m5l0bQ",
    "viewer_token": "n0bqP4g3yJmJ1rS0Qv2uEw",
    "ticket": "kq7yFJ3rTn6xH5cW0vZ8Ag",
    "session": "wBJx0aT6TbVQ8O4pYqg5Lw",
    "url": "http://127.0.0.1:8000/#session=wBJx0aT6TbVQ8O4pYqg5Lw&token=2Tm1vXo0sN0c8mR6m5l0bQ",
}


@dataclass(frozen=True)
class Ask:
    """One operation by its id, and how it is called; ``also`` are further bodies worth showing."""

    operation: str
    method: str
    path: str
    body: Any = None
    also: dict[str, Any] = field(default_factory=dict)


CREATE = Ask(
    "create_session",
    "POST",
    "/sessions",
    {"spec": SPEC},
    {"a preset": {"preset": "fruit"}, "a share": {"share": FIXED["id"]}},
)
#: A network that writes; it has not learned yet.
TUNES = {
    "seed": 7,
    "dataset": {"name": "tunes", "length": 16},
    "layers": [
        {"id": "embed", "type": "embedding", "tokens": 40, "units": 4},
        {"id": "lstm", "type": "lstm", "units": 4, "return_sequences": True},
        {"id": "output", "type": "dense", "units": 40, "activation": "softmax"},
    ],
    "loss": {"type": "softmax_cross_entropy"},
}
WRITE = Ask(
    "generate",
    "POST",
    "/sessions/{id}/generate",
    {"prime": "M:6/8\nK:G\n", "length": 8, "temperature": 0.5, "seed": 1},
    {"anything": {}},
)
#: A network that translates; it has not learned yet either.
WORDS = {
    "seed": 7,
    "dtype": "float64",
    "dataset": {"name": "number_words", "limit": 20},
    "layers": [
        {"id": "letters", "type": "embedding", "tokens": 22, "units": 4},
        {"id": "encoder", "type": "gru", "units": 4, "return_sequences": True},
        {"id": "decoder", "type": "decoder", "units": 4, "tokens": 25, "cell": "gru", "attention": True},
    ],
    "loss": {"type": "softmax_cross_entropy"},
}
TRANSLATE = Ask(
    "translate",
    "POST",
    "/sessions/{id}/translate",
    {"text": "two"},
    {"by chance": {"text": "two", "sample": True, "temperature": 0.5, "seed": 1}},
)
#: What other networks are asked than that of the story.
OTHERS = ((TUNES, WRITE), (WORDS, TRANSLATE))
TABLE = "hours;coffees;feels\n4,5;2;tired\n8;1;awake\n7,5;3;awake\nfive;4;tired\n9;0;awake\n"
STORY = (
    Ask("get_catalog", "GET", "/catalog"),
    Ask(
        "keep_table",
        "POST",
        "/tables",
        {"csv": TABLE},
        {"a number to predict": {"csv": TABLE, "reading": {"target": "hours"}}},
    ),
    Ask("read_table", "POST", f"/tables/{table_id(TABLE)}/read", {"target": "feels", "kinds": {"coffees": "ignore"}}),
    Ask("get_session", "GET", "/sessions/{id}"),
    Ask("get_parameters", "GET", "/sessions/{id}/parameters"),
    Ask(
        "step",
        "POST",
        "/sessions/{id}/step",
        {"unit": "op", "count": 3, "direction": "forward"},
        {"an epoch back": {"unit": "epoch", "direction": "back"}},
    ),
    Ask("tensor", "GET", "/sessions/{id}/tensors/output.a"),
    Ask("explain", "GET", "/sessions/{id}/explain/output.z?index=1,0&level=high_school"),
    Ask(
        "seek",
        "POST",
        "/sessions/{id}/seek",
        {"step": 1, "op": 2},
        {"however long it takes": {"step": 31_400, "otherwise": "replay"}},
    ),
    Ask("add_bookmark", "POST", "/sessions/{id}/bookmarks", {"name": "after one step"}),
    Ask("rename_bookmark", "PATCH", "/sessions/{id}/bookmarks/1", {"name": "in the forward pass"}),
    Ask("timeline", "GET", "/sessions/{id}/timeline"),
    Ask("visit", "POST", "/sessions/{id}/bookmarks/1/visit"),
    Ask("remove_bookmark", "DELETE", "/sessions/{id}/bookmarks/1"),
    Ask(
        "what_if",
        "POST",
        "/sessions/{id}/what-if",
        {"changes": [{"parameter": "output.W", "index": [1, 0], "add": 0.5}], "nodes": ["output.z", "output.a"]},
        {"an input": {"changes": [{"input": [0], "value": 1}]}},
    ),
    Ask(
        "effect",
        "POST",
        "/sessions/{id}/effect",
        {"parameter": "output.W", "index": [1, 0], "step": 0.01, "points": 5},
        {"two numbers": {"parameter": "output.W", "index": [1, 0]}},
    ),
    Ask("ledger", "GET", "/sessions/{id}/ledger?parameter=output.W"),
    Ask("history", "GET", "/sessions/{id}/history"),
    Ask("projection", "GET", "/sessions/{id}/projection/output.W"),
    Ask("confusion", "GET", "/sessions/{id}/confusion"),
    Ask("predictions", "GET", "/sessions/{id}/predictions?limit=2"),
    Ask("histograms", "GET", "/sessions/{id}/histograms?parameters=output.W"),
    Ask(
        "find_learning_rate",
        "POST",
        "/sessions/{id}/learning-rate",
        {"low": 0.01, "high": 10, "steps": 4},
        {"as it is meant": {}},
    ),
    Ask("dataset", "GET", "/sessions/{id}/dataset"),
    Ask("forward", "POST", "/sessions/{id}/forward", {"inputs": [[1, 0]]}),
    Ask("backward", "POST", "/sessions/{id}/backward", {"inputs": [[1, 0]], "targets": [[1]]}),
    Ask(
        "set_own",
        "PUT",
        "/sessions/{id}/own",
        {"inputs": [1, 0.5], "target": [1]},
        {"as measured": {"raw": [1, 0.5]}, "a word": {"text": "schmidt", "target": "German"}},
    ),
    Ask(
        "saliency",
        "POST",
        "/sessions/{id}/saliency",
        {"inputs": [1, 0.5]},
        {"of the loss": {"inputs": [1, 0.5], "target": [1], "node": "loss"}, "one's own": {"example": "own"}},
    ),
    Ask("forget_own", "DELETE", "/sessions/{id}/own"),
    Ask(
        "ascend",
        "POST",
        "/sessions/{id}/ascend",
        {"node": "output.z", "index": [0], "steps": 4, "start": "zeros"},
        {"a feature map": {"node": "conv1.a", "index": [2], "steps": 200, "l2": 0.01}},
    ),
    Ask("gradcheck", "POST", "/sessions/{id}/gradcheck", {"parameter": "output.W"}),
    Ask("export", "GET", "/sessions/{id}/export/json"),
    Ask(
        "edit_spec",
        "PATCH",
        "/sessions/{id}/spec",
        {"optimizer": {"learning_rate": 0.1}},
        {"another optimizer": {"optimizer": {"type": "adam"}}},
    ),
    Ask(
        "set_parameter",
        "PUT",
        "/sessions/{id}/parameters/output.W",
        {"value": 0.25, "index": [0, 0]},
        {
            "all of it": {"value": [[0.5], [-0.5]]},
            "dragged": {"value": 0.3, "index": [0, 0], "gesture": "drag 7", "answer": True},
        },
    ),
    Ask("reset", "POST", "/sessions/{id}/reset", {"seed": 7}),
    Ask("undo", "POST", "/sessions/{id}/undo"),
    Ask("redo", "POST", "/sessions/{id}/redo"),
    Ask("recipe", "GET", "/sessions/{id}/recipe"),
    Ask("fork_session", "POST", "/sessions/{id}/fork"),
    Ask("share_session", "POST", "/sessions/{id}/share"),
    Ask("get_ticket", "POST", "/sessions/{id}/ticket"),
    Ask("rename_layer", "POST", "/sessions/{id}/rename", {"layer": "output", "name": "answer"}),
    Ask("pause", "POST", "/sessions/{id}/pause"),
    Ask(
        "play",
        "POST",
        "/sessions/{id}/play",
        {"steps_per_second": 0.001},
        {"until it is good": {"until": {"loss_below": 0.1, "epochs": 500}}},
    ),
    Ask("kind_of_problem", "GET", "/problems/spec-error"),
    Ask("healthz", "GET", "/healthz"),
)


def record(http: httpx.Client) -> dict[str, Any]:
    """Walk through the story on a server; operation id -> {requests, response}."""
    created = http.post(API + CREATE.path, json=CREATE.body).raise_for_status().json()
    session_id, token = created["id"], created["owner_token"]
    recorded = {CREATE.operation: _entry(CREATE, created)}
    for ask in STORY:
        path = ask.path.replace("{id}", session_id)
        outside = ask.operation in {"kind_of_problem", "healthz"}
        response = http.request(
            ask.method,
            path if outside else API + path,
            json=ask.body,
            headers={"Authorization": f"Bearer {token}"},
        )
        recorded[ask.operation] = _entry(ask, response.raise_for_status().json())
    for spec, ask in OTHERS:
        recorded[ask.operation] = _asked_of(http, spec, ask)
    return recorded


def _asked_of(http: httpx.Client, spec: dict[str, Any], ask: Ask) -> dict[str, Any]:
    """What a session of its own answers."""
    created = http.post(f"{API}/sessions", json={"spec": spec}).raise_for_status().json()
    headers = {"Authorization": f"Bearer {created['owner_token']}"}
    answer = http.request(ask.method, API + ask.path.replace("{id}", created["id"]), json=ask.body, headers=headers)
    return _entry(ask, answer.raise_for_status().json())


def _entry(ask: Ask, answer: dict[str, Any]) -> dict[str, Any]:
    if ask.operation == "get_catalog":
        answer = {name: part[:1] if isinstance(part, list) else part for name, part in answer.items()}
    if ask.operation == "share_session":
        answer |= {"url": f"http://127.0.0.1:8000/#share={FIXED['id']}"}
        return {"response": _fixed(answer, ("id",))}
    entry: dict[str, Any] = {}
    if ask.body is not None:
        entry["requests"] = {"example": ask.body, **ask.also}
    return entry | {"response": _fixed(answer, tuple(FIXED))}


def _fixed(answer: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The same with what is random replaced."""
    return {name: FIXED[name] if name in names else value for name, value in answer.items()}


def main() -> None:
    """Write the file."""
    with TestClient(create_app(Settings(database=":memory:", shards=1)), base_url="http://127.0.0.1:8000") as http:
        FILE.write_text(json.dumps(record(http), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
