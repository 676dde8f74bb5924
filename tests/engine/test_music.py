from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.datasets.texts import tunes
from engine.music import read_tune, signature


def pitches(body: str, key: str = "C") -> list[int | None]:
    """Of the notes of a body in this key."""
    return [note.pitch for note in read_tune(f"M:4/4\nK:{key}\n{body}").notes]


def durations(body: str) -> list[float]:
    """Of the notes, in eighths: the unit of 4/4."""
    return [float(note.duration * 8) for note in read_tune(f"M:4/4\nK:C\n{body}").notes]


def kinds(body: str, metre: str = "2/4") -> list[str]:
    """Of the bars; in 2/4 a letter is a sixteenth, and eight fill a bar."""
    return [bar.kind for bar in read_tune(f"M:{metre}\nK:C\n{body}").bars]


@pytest.mark.parametrize("n", range(300))
def test_every_tune_is_right(n: int) -> None:
    """Each of its bars fills the metre, and all is understood."""
    tune = read_tune(tunes()[n])

    assert () == tune.problems
    assert tune.right_bars == len(tune.bars) >= 8
    assert tune.is_right


def test_all_notes_are_read() -> None:
    """31,981 notes in 5,243 bars: as many as the collection's own index counts."""
    read = [read_tune(text) for text in tunes()]

    assert 31_981 == sum(len(tune.notes) for tune in read)
    assert 5_243 == sum(len(tune.bars) for tune in read)
    assert {note.pitch for tune in read for note in tune.notes} <= set(range(55, 89))


def test_pitches_are_midi_numbers() -> None:
    """C is 60; lower case, ' and , are octaves; z is a rest."""
    assert [60, 62, 64, 65, 67, 69, 71, 72, 84, 48, None] == pitches("CDEFGABcc'C,z")


def test_an_accidental_holds_to_the_end_of_its_bar() -> None:
    """For its octave; = takes the key's away."""
    assert [66, 66, 77, 65] == pitches("^FFf|F")
    assert [66, 65, 65, 66] == pitches("F=FF|F", "G")
    assert [59, 58, 62] == pitches("_C__C^^C")


@pytest.mark.parametrize(
    ("key", "sharps"),
    [
        ("C", {}),
        ("G", {"F": 1}),
        ("A", {"F": 1, "C": 1, "G": 1}),
        ("F", {"B": -1}),
        ("Bb", {"B": -1, "E": -1}),
        ("F#m", {"F": 1, "C": 1, "G": 1}),
        ("Am", {}),
        ("Em", {"F": 1}),
        ("Ador", {"F": 1}),
        ("Amix", {"F": 1, "C": 1}),
        ("D mix", {"F": 1}),
    ],
)
def test_keys_raise_and_lower(key: str, sharps: dict[str, int]) -> None:
    """Major, minor and the modes."""
    assert sharps == signature(key, [])


def test_durations() -> None:
    """Multiples, fractions, triplets, broken rhythm."""
    assert [1, 2, 0.5, 1.5, 0.25] == durations("a a2 a/ a3/2 a//")
    assert [2 / 3] * 3 + [1] == pytest.approx(durations("(3abcd"))
    assert [1.5, 0.5, 0.5, 1.5, 1.75, 0.25] == durations("a>b a<b a>>b")
    assert [1.5, 0.5] == durations("a>b/")


def test_notes_follow_each_other() -> None:
    """Each starts where the one before it ends; it knows its bar and its place in the text."""
    first, second, third = read_tune("M:2/4\nK:C\na2b|c").notes

    assert (Fraction(0), Fraction(1, 8), Fraction(3, 16)) == (first.start, second.start, third.start)
    assert [(0, 10), (0, 12), (1, 14)] == [(note.bar, note.place) for note in (first, second, third)]


def test_the_unit_is_told_or_follows_from_the_metre() -> None:
    """A sixteenth in 2/4, an eighth in 6/8 and alla breve."""
    heads = ("M:2/4", "M:6/8", "M:C|", "M:2/4\nL:1/4")

    assert [16, 8, 8, 4] == [1 / read_tune(f"{head}\nK:C\na").notes[0].duration for head in heads]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("abcdefga|abcdefga|", ["full", "full"]),
        ("ab|abcdefga|abcdef:|", ["upbeat", "full", "end"]),
        ("abcdefga|abcdef::ab|abcdefga:|", ["full", "end", "upbeat", "full"]),
        ("|:abcdefga|abcdefga:|", ["full", "full"]),
        ("abcdefga|abcdef|abcdefga|", ["full", "wrong", "full"]),
        ("abcdefga|abcdefgab|abcdefga|", ["full", "wrong", "full"]),
        ("abcdefgab|abcdefga|", ["wrong", "full"]),
        ("abcdefga|abcdefg||a|abcdefga|", ["full", "end", "upbeat", "full"]),
        ("abcdefga|abcdefg||ab|abcdefga|", ["full", "wrong", "wrong", "full"]),
        ("abcdefga||abcdefga|", ["full", "full"]),
        ("abcdefga| |abcdefga|", ["full", "wrong", "full"]),
        ("", []),
        ("|:||:|", []),
    ],
)
def test_bars_are_checked_against_the_metre(body: str, expected: list[str]) -> None:
    """Full, or shorter where a part begins or ends; nowhere longer."""
    assert expected == kinds(body)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("K:C\nab", 0, "there is no metre"),
        ("M:2/0\nK:C\nab", 0, '"2/0" is no metre'),
        ("M:2/4\nab", 0, "there is no key"),
        ("M:2/4\nK:H\nab", 0, '"H" is no key'),
        ("M:2/4\nK:C\na?b", 11, "'?' is not understood"),
        ("M:2/4\nK:C\na123", 13, "'3' is not understood"),
        ("M:2/4\nK:C\na/0b", 10, "a/0 has no duration"),
        ("M:2/4\nK:C\n(5abc", 10, "only triplets"),
        ("M:2/4\nK:C\n(3ab|", 14, "a triplet is not full"),
        ("M:2/4\nK:C\n>ab", 10, "no note before it"),
        ("M:2/4\nK:C\na>|b", 12, "no note after it"),
    ],
)
def test_what_is_not_understood_is_told_with_its_place(text: str, place: int, message: str) -> None:
    """And the rest is read all the same."""
    tune = read_tune(text)

    assert [place] == [problem.place for problem in tune.problems]
    assert message in tune.problems[0].message
    assert tune.notes
    assert not tune.is_right


@given(st.text("MKL:2/46\nABCabcz(3>|<[] '^_=,x0", max_size=200) | st.text(max_size=50))
def test_whatever_comes_is_read(text: str) -> None:
    """A network that has not learned yet writes anything; every note is in a bar, and time never runs back."""
    tune = read_tune(text)

    assert all(note.duration > 0 for note in tune.notes)
    assert all(note.bar < len(tune.bars) for note in tune.notes)
    assert sum(bar.length for bar in tune.bars) == sum(note.duration for note in tune.notes)
