"""A recurrent network in real Chromium: forward and back through an LSTM's gates, cells explained, layers folded."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.client import Deltaflow, Session
from tests.browser.conftest import Axe
from tests.browser.story import show
from tests.serving import Server

LAYERS: list[dict[str, Any]] = [
    {"type": "embedding", "id": "letters", "tokens": 29, "units": 4},
    {"type": "lstm", "id": "lstm", "units": 5},
    {"type": "dense", "id": "output", "units": 16, "activation": "softmax"},
]
SPEC = {
    "name": "Whose name is it?",
    "seed": 3,
    "dataset": {"name": "surnames"},
    "layers": LAYERS,
    "loss": "softmax_cross_entropy",
    "batch_size": 8,
}


@pytest.fixture
def session(server: Server) -> Iterator[Session]:
    """An LSTM that reads surnames, a few steps old."""
    with Deltaflow(server.url) as deltaflow:
        made = deltaflow.create(SPEC)
        made.step("batch", 3)
        yield made


def labels(session: Session) -> list[str]:
    """The ribbon."""
    return [call.label for call in session.state().calls]


def stand_at(page: Page, session: Session, label: str) -> int:
    """Go to the operation with this label over the API; how many have run then."""
    op = labels(session).index(label) + 1
    session.seek(3, op)
    expect(page.locator("#position")).to_contain_text(f"op {op} of")
    return op


def table(page: Page, layer: str) -> list[list[str]]:
    """The twin of a layer: a row for each time step."""
    found = page.locator("table.terms", has=page.locator("caption", has_text=layer)).first
    expect(found.locator("tbody tr")).not_to_have_count(0)
    rows = found.locator("tbody tr").all()
    return [row.locator("th, td").all_text_contents() for row in rows]


def test_forward_through_the_gates_and_back_again(page: Page, session: Session) -> None:
    """Each press is one gate at one time step; the sentence names it, and going back undoes it."""
    show(page, session)
    calls = labels(session)
    op = stand_at(page, session, "lstm.z[2]")
    for gate in "ifgo":
        page.locator("#step").click()
        expect(page.locator("#announcer")).to_contain_text(f"lstm.{gate}[2]")
        assert f"lstm.{gate}[2]" == calls[op]
        op += 1
    for _ in "ifgo":
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#position")).to_contain_text(f"op {op - 4} of")

    assert session.state().cursor.op == op - 4


def test_what_is_not_computed_is_said_step_by_step(page: Page, session: Session) -> None:
    """In the middle of the forward pass three steps have numbers; in the middle of the backward pass the later ones."""
    show(page, session)
    stand_at(page, session, "lstm.h[2]")
    page.get_by_role("button", name="Table", exact=True).click()
    forward = table(page, "lstm")
    stand_at(page, session, "d lstm.h_new[9]")
    backward = table(page, "lstm")

    assert [True] * 3 + [False] * 11 == [row[1] != "not computed" for row in forward]
    assert {"not computed"} == {row[2] for row in forward}
    assert {"not computed"} == {row[2] for row in backward[:8]}
    assert "not computed" not in {row[2] for row in backward[10:]}


def test_a_cell_that_is_clicked_is_explained(page: Page, session: Session) -> None:
    """The forget gate of a time step: the inspector's number is the engine's, and keys walk on to the next step."""
    show(page, session)
    stand_at(page, session, "loss")
    canvas = page.locator("#stage")
    canvas.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#stage-says")).not_to_be_empty()
    for _ in range(4):  # from the tokens over the letters, the input and the forget gate to the candidate
        page.keyboard.press("PageUp")
    expect(page.get_by_text("Why is lstm.g[0][1] what it is?", exact=True)).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Why is lstm.g[1][1] what it is?", exact=True)).to_be_visible()

    row = 0
    value = session.tensor("lstm.g[1]").activation[row][0]
    shown = page.locator("#answer").text_content() or ""
    assert float(shown.replace("\N{MINUS SIGN}", "-").replace("\N{THIN SPACE}", "")) == pytest.approx(value, abs=1e-5)


def test_a_long_ribbon_leads_to_every_operation(page: Page, session: Session) -> None:
    """Hundreds of operations in groups: the slider's middle is the middle."""
    show(page, session)
    ribbon = page.get_by_role("slider", name="Operations of this step that have run")
    box = ribbon.bounding_box()
    assert box is not None
    total = len(labels(session))
    ribbon.click(position={"x": box["width"] / 2, "y": 20})

    expect(page.locator("#position")).to_contain_text(f"of {total}")
    assert abs(session.state().cursor.op - total / 2) <= 2
    assert page.locator(".step-tick").count() >= 2 * 13


def test_texts_are_found_and_followed(page: Page, session: Session) -> None:
    """A surname that is typed into the field is listed; a click follows it."""
    show(page, session)
    page.get_by_role("searchbox", name="Find an example by its text").fill("italian")
    first = page.locator(".text-line").first
    expect(first).to_contain_text("Italian")
    first.click()

    expect(first).to_have_attribute("aria-pressed", "true")


def test_a_layer_for_sequences_is_put_in(page: Page, session: Session) -> None:
    """Between embedding and LSTM a GRU that says something at every time step."""
    show(page, session)
    page.locator("#add-1").click()
    page.get_by_role("button", name="GRU").click()
    expect(page.locator("#layer-gru1")).to_be_visible()

    layer = session.state().spec.layers[1]
    assert ("gru", True) == (layer.type, layer.return_sequences)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_left_out(page: Page, session: Session, axe: Axe, scheme: str) -> None:
    """No violations of accessibility, in the middle of the way back through time."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    show(page, session)
    stand_at(page, session, "d lstm.f[4]")
    page.wait_for_timeout(600)

    assert [] == axe(page)
