"""Whatever is sent: never a 5xx, every refusal is a problem document, and what is refused changes nothing."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests.app.routes.gateway import Api
from tools.examples import SPEC

ACTIVATIONS = ["linear", "relu", "elu", "gelu", "tanh", "sigmoid", "sin", "softmax", "swish"]
LOSSES = ["mse", "rmse", "mae", "hinge", "binary_cross_entropy", "softmax_cross_entropy", "half_squared_error", "huber"]
OPTIMIZERS = ["sgd", "momentum", "nesterov", "adam", "adamw", "nadam", "adadelta", "adagrad", "rmsprop", "lion"]

#: Any JSON at all.
JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
IDS = st.sampled_from(["input", "hidden1", "hidden2", "output"])
UNITS = st.sampled_from([1, 2, 3, 32, 33, 0, -1, 10**12, 2**63 - 1, 1e21, 2.5, "4"])
RATES = st.sampled_from([0, 0.01, 0.5, 1, 1e30, -1, "fast", None])


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Mostly what is meant, now and then anything else."""
    return st.one_of(strategy, strategy, strategy, JUNK)


LAYERS = st.one_of(
    st.fixed_dictionaries(
        {"type": st.just("dense"), "id": IDS, "units": UNITS},
        optional={"activation": st.sampled_from(ACTIVATIONS), "use_bias": st.booleans(), "inputs": st.lists(IDS)},
    ),
    st.fixed_dictionaries(
        {"type": st.sampled_from(["add", "concat", "flatten", "conv2d"]), "id": IDS},
        optional={"inputs": st.lists(IDS, max_size=3)},
    ),
    st.fixed_dictionaries({"type": st.just("dropout"), "id": IDS, "rate": st.sampled_from([0, 0.5, 1, -1])}),
    st.fixed_dictionaries({"type": st.just("activation"), "id": IDS, "function": st.sampled_from(ACTIVATIONS)}),
)
NUMBERS = st.integers(-3, 3) | st.floats(-3, 3) | st.sampled_from([1e300, -1e39])
ROWS = st.lists(st.lists(maybe(NUMBERS), min_size=1, max_size=3), min_size=1, max_size=4)
DATASETS = st.one_of(
    st.just(SPEC["dataset"]),
    st.fixed_dictionaries(
        {"name": st.sampled_from(["xor", "circle", "fruit", "iris", "mnist"])},
        optional={
            "size": st.sampled_from([4, 10, 1, 10**9]),
            "test_fraction": st.sampled_from([0, 0.5, 0.99, 1]),
            "features": st.lists(st.sampled_from(["x1", "x2", "x1^2", "sin(x1)", "width", "exec(x1)", "x1*"])),
        },
    ),
    st.fixed_dictionaries({"inline": st.fixed_dictionaries({"inputs": ROWS, "targets": ROWS})}),
)
FIELDS = {
    "name": maybe(st.text(max_size=10)),
    "seed": maybe(st.sampled_from([0, 7, 2**32 - 1, 2**32, -1])),
    "dtype": maybe(st.sampled_from(["float32", "float64", "float16"])),
    "dataset": maybe(DATASETS),
    "layers": maybe(st.lists(maybe(LAYERS), max_size=4)),
    "loss": maybe(st.sampled_from(LOSSES) | st.fixed_dictionaries({"type": st.sampled_from(LOSSES)})),
    "optimizer": maybe(
        st.fixed_dictionaries(
            {}, optional={"type": st.sampled_from(OPTIMIZERS), "learning_rate": RATES, "momentum": RATES}
        )
    ),
    "regularization": maybe(st.fixed_dictionaries({}, optional={"l1": RATES, "l2": RATES})),
    "batch_size": maybe(st.sampled_from([1, 3, "full", 0, 10**6])),
}
PATCHES = st.fixed_dictionaries({}, optional=FIELDS) | JUNK
NAMES = st.sampled_from(
    ["output.W", "output.b", "output.a", "hidden1.W", "loss", "input.a", "x", "ü", "a/b", "%2e", "*"]
)


def judged(response: Any) -> bool:
    """Whether it was carried out; what was not must be a 4xx problem document."""
    if response.is_success:
        return True
    assert 400 <= response.status_code < 500, (response.status_code, response.text, response.request.content[:2000])
    problem = response.json()
    assert response.status_code == problem["status"]
    assert problem["detail"]
    return False


@pytest.mark.thorough
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=PATCHES)
def test_any_spec_is_built_or_refused_in_words(http: TestClient, changes: Any) -> None:
    """A description, sound or broken, gives a session that can be walked, or a 4xx that says what is wrong."""
    body = {"spec": SPEC | changes} if isinstance(changes, dict) else changes

    response = http.post("/api/v1/sessions", json=body)

    if judged(response):
        api = Api(http, response.json())
        judged(api("POST", "/step", {"unit": "batch", "count": 2}))
        judged(api("GET", "/tensors/loss"))
        assert api("GET").is_success
        assert api("DELETE").is_success


class AnySession(RuleBasedStateMachine):
    """A session that is told all sorts of things."""

    http: TestClient

    @initialize()
    def open(self) -> None:
        """Begin with the small session."""
        self.api = Api(self.http, self.http.post("/api/v1/sessions", json={"spec": SPEC}).json())
        self.steps = 0

    def tell(self, method: str, path: str, body: Any = None) -> None:
        """Send it; what is refused must leave everything as it was."""
        before = self.api.everything()
        if not judged(self.api(method, path, body)):
            assert before == self.api.everything()

    @rule(patch=PATCHES)
    def patch(self, patch: Any) -> None:
        """Another spec."""
        self.tell("PATCH", "/spec", patch)

    @rule(name=NAMES, value=maybe(NUMBERS | ROWS), index=st.none() | st.lists(st.integers(-1, 3), max_size=3))
    def set_parameter(self, name: str, value: Any, index: list[int] | None) -> None:
        """Another weight."""
        self.tell("PUT", f"/parameters/{name}", {"value": value, "index": index})

    @rule(unit=st.sampled_from(["op", "layer", "batch"]), count=st.integers(0, 5), back=st.booleans())
    def step(self, unit: str, count: int, back: bool) -> None:
        """A walk."""
        self.tell("POST", "/step", {"unit": unit, "count": count, "direction": "back" if back else "forward"})

    @rule(step=st.integers(-1, 8), op=st.integers(0, 30))
    def seek(self, step: int, op: int) -> None:
        """Another time."""
        self.tell("POST", "/seek", {"step": step, "op": op})

    @rule(body=st.fixed_dictionaries({}, optional={"seed": maybe(st.integers(0, 9))}))
    def reset(self, body: Any) -> None:
        """From the beginning."""
        self.tell("POST", "/reset", body)

    @rule(method=st.sampled_from(["forward", "backward"]), inputs=maybe(ROWS), wanted=maybe(ROWS))
    def probe(self, method: str, inputs: Any, wanted: Any) -> None:
        """Numbers of one's own; they change nothing in any case."""
        body = {"inputs": inputs} | ({"targets": wanted} if method == "backward" else {})
        before = self.api.everything()
        judged(self.api("POST", f"/{method}", body))
        assert before == self.api.everything()

    @rule(name=NAMES, index=st.sampled_from(["", "0", "0,0", "9,9", "0,0,0", "-1", "1e3"]))
    def look(self, name: str, index: str) -> None:
        """Any node, any index."""
        before = self.api.everything()
        for path in (f"/tensors/{name}", f"/ledger?parameter={name}", f"/explain/{name}?index={index}"):
            judged(self.api("GET", path))
        judged(self.api("POST", "/gradcheck", {"parameter": name, "max_entries": 3}))
        assert before == self.api.everything()

    @precondition(lambda self: hasattr(self, "api"))
    @rule()
    def read(self) -> None:
        """What can always be read."""
        for path in ("", "/parameters", "/history", "/confusion", "/dataset", "/export/json", "/export/npz"):
            assert self.api("GET", path).is_success, path

    def teardown(self) -> None:
        """End the session."""
        if hasattr(self, "api"):
            self.api("DELETE")


@pytest.mark.thorough
def test_a_session_that_is_told_anything_keeps_its_word(http: TestClient) -> None:
    """Patches, weights, walks and questions in any order: never a 5xx, and what is refused changes nothing."""
    machine = type("Machine", (AnySession,), {"http": http})

    run_state_machine_as_test(machine, settings=settings(max_examples=25, stateful_step_count=20, deadline=None))


@pytest.mark.parametrize("path", ["/tensors/%00", "/tensors/..%2f..", "/explain/%ff", "/export/..%2f..%2fetc%2fpasswd"])
def test_strange_names_are_not_found(api: Api, path: str) -> None:
    """Bytes that are no name lead nowhere."""
    assert 404 == api("GET", path).status_code
