"""Every view of the page, each with the way to it by keys. A new view is a line here, and checked as all are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

Open = Callable[[Page], None]

#: A network of each kind that the page draws in a way of its own.
NETWORKS: dict[str, dict[str, Any]] = {
    "dense": {
        "name": "Apples and oranges",
        "seed": 7,
        "dataset": {"name": "fruit", "features": ["width", "color_score"]},
        "layers": [
            {"id": "hidden1", "type": "dense", "units": 4, "activation": "tanh"},
            {"id": "output", "type": "dense", "units": 1, "activation": "sigmoid"},
        ],
        "loss": "binary_cross_entropy",
    },
    "images": {
        "seed": 1,
        "dataset": {"name": "digits", "test_fraction": 0.25},
        "layers": [
            {"type": "conv2d", "filters": 2, "kernel": 3, "activation": "relu"},
            {"type": "max_pool2d", "size": 2},
            {"type": "flatten"},
            {"type": "dense", "id": "output", "units": 10, "activation": "softmax"},
        ],
        "loss": "softmax_cross_entropy",
        "batch_size": 16,
    },
    "recurrent": {
        "seed": 3,
        "dataset": {"name": "surnames"},
        "layers": [
            {"type": "embedding", "id": "letters", "tokens": 29, "units": 4},
            {"type": "lstm", "id": "lstm", "units": 5},
            {"type": "dense", "id": "output", "units": 16, "activation": "softmax"},
        ],
        "loss": "softmax_cross_entropy",
        "batch_size": 8,
    },
    "decoder": {
        "seed": 1,
        "dataset": {"name": "number_words", "limit": 20, "test_fraction": 0.0},
        "layers": [
            {"id": "letters", "type": "embedding", "tokens": 22, "units": 8},
            {"id": "encoder", "type": "gru", "units": 16, "return_sequences": True},
            {"id": "decoder", "type": "decoder", "units": 16, "tokens": 25, "cell": "gru", "attention": True},
        ],
        "loss": "softmax_cross_entropy",
        "batch_size": 10,
    },
}


@dataclass(frozen=True)
class View:
    """What can be looked at, beside the page itself.

    Args:
        name: what it is called where a test fails.
        open: the way to it from the page, by keys.
        within: the part of the page that it is.
        close: the way back; Escape, if nothing else is said.
        network: in which it is.
    """

    name: str
    open: Open
    within: str
    close: Open
    network: str = "dense"


POPOVER = "[popover]:popover-open"


def press(selector: str, within: str) -> Open:
    """Enter on a button, and wait for what it opens."""

    def way(page: Page) -> None:
        page.locator(selector).first.press("Enter")
        expect(page.locator(within).first).to_be_visible()

    return way


def keys(*strokes: str, within: str, at: str = "body") -> Open:
    """Keys, and wait for what they open."""

    def way(page: Page) -> None:
        if at != "body":
            page.locator(at).first.focus()
        for stroke in strokes:
            page.keyboard.press(stroke)
        expect(page.locator(within).first).to_be_visible()

    return way


def escape(page: Page) -> None:
    """Close what lies above the page."""
    page.keyboard.press("Escape")


def again(selector: str) -> Open:
    """Enter on the button that opened it, or on its own that closes it."""
    return lambda page: page.locator(selector).first.press("Enter")


def beside(name: str, selector: str, network: str = "dense") -> View:
    """A popover beside its button."""
    return View(name, press(selector, f"{POPOVER} > *"), POPOVER, escape, network)


def tab(name: str) -> View:
    """One of the drawer's."""
    selector = f"#tab-{name}"
    return View(f"drawer, {name}", press(selector, "#drawer-body > *:not(p)"), ".drawer", again(selector))


def into_a_sum(page: Page) -> None:
    """From the network to one unit's sum."""
    keys("ArrowDown", "ArrowRight", "ArrowRight", "Enter", "Enter", within=".sums table", at="#step")(page)


def own_data(kind: str) -> Open:
    """The dialog for data of one's own, at this kind."""

    def way(page: Page) -> None:
        press("#own-data", "#own[open]")(page)
        page.locator(f"#own-kind-{kind}").focus()
        page.keyboard.press("Space")
        page.wait_for_timeout(100)

    return way


def the_plane(page: Page) -> None:
    """Points that are drawn."""
    own_data("points")(page)
    press("#own-use", "#own-plane")(page)


def the_tour(page: Page) -> None:
    """The first minute, asked for."""
    press("#help", f"{POPOVER} > *")(page)
    press(f"{POPOVER} button:has-text('first minute')", ".tour")(page)


def what_if(page: Page) -> None:
    """A weight that is selected by keys, and moved."""
    page.keyboard.press("Control+k")
    page.locator("#palette-field").fill("output.W[1,1]")
    page.keyboard.press("Enter")
    press("#what-if", "#what-if-slider")(page)
    expect(page.locator(".slice-chart")).to_be_visible()


VIEWS = (
    beside("the stories", "header.top .title"),
    beside("notebook", "[data-control='header.notebook']"),
    beside("appearance", "#appearance"),
    beside("help", "#help"),
    *(beside(f"about {what}", f"[data-control='{what}'] .what") for what in ("data", "loss", "inspector")),
    beside("a layer", "#layer-hidden1"),
    beside("a new layer", "#add-1"),
    beside("the palette of layers", "#layer-palette"),
    beside("tables of the layers", ".table-button"),
    beside("the data as a table", "aside.left .plot .twin"),
    beside("the answers as a table", "aside.right .plot .twin"),
    beside("the loss as a table", ".chart-row .twin"),
    beside("tables of images", ".table-button", "images"),
    beside("tables of time steps", ".table-button", "recurrent"),
    beside("tables of attention", ".table-button", "decoder"),
    beside("bookmarks", "#bookmarks"),
    View("the palette of commands", keys("Control+k", within="#palette-list [role=option]"), "#above", escape),
    View("the map of keys", keys("?", within="#above[open] h2"), "#above", escape),
    View("share", press("#share", "dialog.share[open]"), "dialog.share", escape),
    View("the tour", the_tour, ".tour", again(".tour button")),
    View("own table", own_data("table"), "#own", escape),
    View("own drawings", own_data("drawings"), "#own", escape),
    View("own texts", own_data("texts"), "#own", escape),
    View("the plane of points", the_plane, "#own-plane", escape),
    *(tab(name) for name in ("histograms", "predictions", "confusion", "rate", "runs")),
    View("what if", what_if, "aside.right", escape),
    View("a fork beside", press("#fork", "#stage-second"), ".middle", again("#close-second")),
)

#: Pages of their own, and what of them is looked at; the reference of the REST API says the same a hundred times.
PAGES = {
    "/help/": None,
    "/help/reference/notation.md": None,
    "/docs": "header, nav > ul:first-of-type, main > p, main > section:first-of-type > article:first-of-type",
    "/gallery": None,
}

#: How many operations of its step have run where a network is looked at: its gradients are on their way back.
STANDS_AT = {"dense": 12, "images": 12, "recurrent": 100, "decoder": 100}
