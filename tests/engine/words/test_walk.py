"""Every kind of number of every preset, and every step, told in French: no English is left."""

import re
from collections.abc import Iterator

import pytest

from engine.cursor import Cursor
from engine.explain import Explanation, Quantity
from engine.presets import PRESETS
from engine.words import LANGUAGES, in_language
from tests.engine.sessions import cursor, straight_to

ENGLISH = re.compile(r"\b(the|of|and|is|its|with|this|that|each|from|are|was|all|it|not|by|for|at|to|one|by)\b", re.I)
#: Together they have every layer that a preset has.
VARIOUS = ("mazur", "fruit", "digits", "style", "deep_skip", "recall_rnn", "recall_lstm", "surnames_gru", "translation")
QUANTITIES: tuple[Quantity, ...] = ("value", "gradient", "delta")


def kinds(session: Cursor, told: set[object]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """One number of each kind that is not told yet: what the same layers have more of is alike."""
    graph = session.network.graph
    for node in graph.nodes.values():
        kind = (graph.layers[node.layer].spec.type if node.layer in graph.layers else node.layer, node.op, node.kind)
        if kind not in told:
            told.add(kind)
            yield node.name, (0,) * (len(node.shape) + node.has_batch_axis)
    for name, parameter in graph.parameters.items():
        role = (graph.layers[parameter.layer].spec.type, name.rpartition(".")[2])
        if role not in told:
            told.add(role)
            yield name, (0,) * len(parameter.shape)


def words(found: Explanation) -> Iterator[str]:
    """All that a derivation says."""
    yield from (found.text, found.question, found.reason or "")
    for term in found.terms:
        yield term.label
        yield from (factor.name for factor in term.factors)
    yield from (detail.name for detail in found.details)
    yield from (text for link in found.chain for text in (link.label, link.role))


@pytest.mark.slow
def test_every_kind_of_number_is_explained_in_french() -> None:
    """Its names and labels too; the templates of all levels are looked at one by one elsewhere."""
    told: set[object] = set()
    for preset in VARIOUS:
        session = Cursor(PRESETS[preset].spec)
        numbers = list(kinds(session, told))
        session.step("op", len(session.calls()) - 1 if numbers else 1)
        for name, index in numbers:
            for quantity in QUANTITIES if name in session.network.graph.parameters else QUANTITIES[:2]:
                found = session.explain(name, quantity, index, "phd", "fr")
                assert [] == [text for text in words(found) if ENGLISH.search(text)]


def test_both_languages_explain_the_same() -> None:
    """The same number by the same terms, in other words."""
    session = straight_to(cursor, 1, 0)
    for name, index in kinds(session, set()):
        english, french = (session.explain(name, "value", index, "high_school", language) for language in LANGUAGES)

        assert english.text != french.text
        assert english.value == french.value
        assert [term.value for term in english.terms] == [term.value for term in french.terms]


@pytest.mark.parametrize("preset", VARIOUS)
def test_every_step_is_told_in_french(preset: str) -> None:
    """Operation by operation, as far as they differ."""
    session, told = Cursor(PRESETS[preset].spec), set[tuple[str, str]]()
    for call in session.calls()[:250]:
        sentence = session.step().sentence
        if (call.kind, call.op) not in told:
            told.add((call.kind, call.op))
            assert not ENGLISH.search(in_language(sentence, "fr").replace(call.label, "")), sentence
