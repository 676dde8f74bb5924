"""Every sentence of the engine and of the sessions has its French."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from app.protocol.problems import KINDS
from app.shards.words import DEEDS
from engine import doing
from engine.catalog import WORDS, catalog
from engine.explain import image_stories, layer_stories, picture_stories, recurrence_stories, roles, story, texts
from engine.export.onnx_ops import NOT_WRITTEN
from engine.graph.graph import WHY_NO_GRADIENT
from engine.patching import PLAIN, PYDANTIC
from engine.tables.columns import Holds
from engine.words.french import FRENCH, typeset
from engine.words.french.stories import FRENCH_STORIES

ROOT = Path(__file__).resolve().parents[3]
MODULES = sorted(path for top in ("app", "engine") for path in (ROOT / top).rglob("*.py") if "words" not in path.parts)

#: Whose first argument is said: a sentence, or what a term or a factor is called.
SPEAKERS = {"say": 0, "product": 0, "plain": 0, "LimitExceeded": 0, "UnknownName": 0}

CHANGES = [
    f"So a {way} {words.thing} would lower {{minimised}}."
    for role, words in roles.WORDS.items()
    for way in ("smaller", "larger")
    if role != "statistic"
]
GATES = [words for gate in recurrence_stories.GATES.values() for words in gate]

#: Templates that are looked up in a table, so that no call of ``say`` shows them.
TABLES: dict[str, list[str]] = {
    "what operations do": list(doing.DOES.values()),
    "how gradients return": list(doing.RETURNS.values()),
    "how gradients are handed back": [words for pair in layer_stories.HANDS_BACK.values() for words in pair],
    "activations": [words for pair in texts.FUNCTIONS.values() for words in pair],
    "losses": list(texts.LOSS_NOTES.values()),
    "joints": list(story.JOINTS.values()),
    "moves": list(layer_stories.MOVES.values()),
    "gates": [*GATES, *(f"the {gate[0]} of {{unit}}" for gate in recurrence_stories.GATES.values())],
    "uses": [*image_stories.IMAGE_NAMES.values(), *picture_stories.PICTURE_NAMES.values()],
    "things": [*CHANGES, *(f"this {words.thing}" for words in roles.WORDS.values())],
    "scales": ["the scale of {unit}", "the shift of {unit}", "the running mean of {unit}"],
    "deeds": list(DEEDS.values()),
    "pydantic": list({**PYDANTIC, **PLAIN}.values()),
    "titles of problems": [kind.title for kind in KINDS.values()],
    "why no gradient": list(WHY_NO_GRADIENT.values()),
    "what ONNX lacks": list(NOT_WRITTEN.values()),
    "what columns hold": list(get_args(Holds)),
}


def has_words(template: str) -> bool:
    """Whether a word stands in it, beside braces, numbers, signs and single letters."""
    outside = "".join(f"{literal} " for literal, *_ in Formatter().parse(template))
    return any(len(word) > 1 for word in "".join(c if c.isalpha() else " " for c in outside).split())


def texts_of(node: ast.expr, constants: dict[str, list[str]]) -> Iterator[str]:
    """What an argument may be: a literal, one of two, or a name that stands for literals of its module."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from texts_of(node.body, constants)
        yield from texts_of(node.orelse, constants)
    elif isinstance(node, ast.Name):
        yield from constants.get(node.id, [])


def constants_of(tree: ast.AST) -> dict[str, list[str]]:
    """Name -> the literals that it is set to somewhere in a module."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).extend(texts_of(node.value, {}))
    return found


def said(path: Path) -> Iterator[str]:
    """Every template that a module says and that can be read off its source."""
    tree = ast.parse(path.read_text())
    constants = constants_of(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        if node.func.id in SPEAKERS:
            yield from texts_of(node.args[0], constants)
        if node.func.id == "counted":
            yield from (f"{{n:,}} {noun}{s}" for noun in texts_of(node.args[1], constants) for s in ("", "s"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_sentence_of_a_module_has_its_french(path: Path) -> None:
    """One that is new, or was changed, fails here until it is translated."""
    assert [] == [template for template in said(path) if has_words(template) and template not in FRENCH]


@pytest.mark.parametrize("table", TABLES)
def test_every_entry_of_a_table_has_its_french(table: str) -> None:
    """The same for what is looked up."""
    assert [] == [template for template in TABLES[table] if has_words(template) and template not in FRENCH]


def names(template: str) -> set[str]:
    """What stands in its braces."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@pytest.mark.parametrize("key", texts.STORIES)
def test_every_story_is_told_in_french_at_every_level(key: str) -> None:
    """With the same numbers in it. French says "this" where it needs a gender, and may mention what English implies."""
    english, french = texts.STORIES[key], FRENCH_STORIES[key]

    assert english.keys() == french.keys()
    for level, template in english.items():
        free = {"this", "thing", "seen"} if key in {"delta", "max_pool"} else set()
        assert names(template) - free == names(french[level]) - free, level
        assert "'" not in french[level]


def test_no_french_story_is_left_over() -> None:
    """What no number has any more is not kept."""
    assert texts.STORIES.keys() == FRENCH_STORIES.keys()


#: Names of the field, which are the same in French.
SAME = {
    "Dense",
    "Dropout",
    "One hot",
    "Attention",
    "Convolution",
    "Rnn",
    "Lstm",
    "Gru",
    "Max pooling",
    "Pixels",
    "Relu",
}
SAME |= {
    "Leaky relu",
    "ELU",
    "SELU",
    "GELU",
    "SILU",
    "Tanh",
    "Softplus",
    "Softmax",
    "MSE",
    "RMSE",
    "MAE",
    "Hinge",
    "Huber",
}
SAME |= {
    "SGD",
    "Momentum",
    "Nesterov",
    "Adagrad",
    "Rmsprop",
    "Adam",
    "Adamw",
    "Nadam",
    "Adamax",
    "Adadelta",
    "XOR",
    "Iris",
}
SAME |= {"Auto mpg", "MNIST", "Convolution"}


def test_the_catalog_is_in_french() -> None:
    """Titles, summaries, notes, topics and stories; names, schemas and formulas are the same."""
    english, french = catalog(), catalog("fr")

    assert english.keys() == french.keys()
    for kind in english.keys() - {"limits"}:
        for ours, theirs in zip(english[kind], french[kind], strict=True):
            assert {key: ours[key] for key in ours.keys() - set(WORDS)} == {
                key: theirs[key] for key in theirs.keys() - set(WORDS)
            }
            for key in {"title", "summary", "note", "topic", "story"} & ours.keys():
                assert not ours[key] or ours[key] in SAME or ours[key] in FRENCH or ours[key] != theirs[key], ours[key]


def test_no_line_is_broken_before_double_punctuation_or_in_guillemets() -> None:
    """French sets a space there, at which a line would be broken: the catalogue makes it one that is not."""
    assert (
        typeset("« a » : b ; c, d")
        == "«\N{NO-BREAK SPACE}a\N{NO-BREAK SPACE}»\N{NO-BREAK SPACE}: b\N{NO-BREAK SPACE}; c, d"
    )
    loose = [words for words in FRENCH.values() if re.search("« | [:;!?»]", words)]
    assert loose == []
