"""Tunes in ABC notation: which notes they are, and whether their bars fill the metre.

The subset of the dance tunes that come with Deltaflow: header lines (``M:6/8``, ``L:1/8``, ``K:G``), then notes with
accidental, octave marks and duration (``^c'3/2``), rests (``z``), triplets (``(3abc``), broken rhythm (``a>b``), bars
and repeats. A bar is right if it fills the metre; the first and the last bar of a part (between two repeats) may be
shorter, for an upbeat, and a double bar may divide one. A generated tune may be anything: what is not understood is a
problem, told with its place, and reading goes on.

Durations and lengths are fractions of a whole note; a pitch is a MIDI number, 60 the C that ABC writes ``C``.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

#: How a bar fills its metre; an upbeat, and the last bar of a part, may be shorter.
BarKind = Literal["full", "upbeat", "end", "wrong"]

TOKEN = re.compile(
    r"(?P<accidental>\^\^|__|[_^=])?(?P<letter>[A-Ga-gz])(?P<octave>[,']*)(?P<many>\d{0,2})"
    r"(?:(?P<slashes>/+)(?P<parts>\d{0,2}))?|(?P<bar>[:|\[\]]*\|[:|\[\]]*|::)|\((?P<tuplet>\d)|(?P<broken>>{1,2}|<{1,2})|(?P<space>\s+)|(?P<unknown>.)"
)
HEADER = re.compile(r"(?P<name>[A-Za-z]):(?P<value>[^\n]*)(?:\n|$)")
KEY = re.compile(r"(?P<tonic>[A-G])(?P<sign>[#b]?)\s*(?P<mode>[A-Za-z]{0,3})")

SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
ACCIDENTALS = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}
#: Sharps of the major keys (flats are negative), and how many fewer a mode has.
FIFTHS = {"F": -1, "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}
MODES = {"": 0, "maj": 0, "ion": 0, "m": -3, "min": -3, "aeo": -3, "mix": -1, "dor": -2, "phr": -4, "lyd": 1, "loc": -5}
SHARPS = "FCGDAEB"


@dataclass(frozen=True)
class Problem:
    """What was not understood, and its place in the text."""

    place: int
    message: str


@dataclass(frozen=True)
class Note:
    """One note or rest.

    Args:
        pitch: MIDI number; None is a rest.
        start: from the beginning of the tune.
        duration: how long it sounds.
        bar: which bar it is in.
        place: of its letter (or accidental) in the text.
    """

    pitch: int | None
    start: Fraction
    duration: Fraction
    bar: int
    place: int


@dataclass(frozen=True)
class Bar:
    """One bar.

    Args:
        length: of its notes together.
        kind: whether that fills the metre, alone or with its other half.
        place: where it begins in the text.
        opens: whether it is the first of a part: after a repeat or a double bar.
        closes: whether it is the last of a part.
    """

    length: Fraction
    kind: BarKind
    place: int
    opens: bool
    closes: bool

    @property
    def is_right(self) -> bool:
        """Whether its length is as the metre asks."""
        return self.kind != "wrong"


@dataclass(frozen=True)
class Tune:
    """What an ABC text says.

    Args:
        metre: as written ("6/8", "C|").
        key: as written ("Ador").
        full: length of a bar.
        notes: in the order in which they are written; repeats are not played out.
        bars: in their order.
        problems: what was not understood, in the order of the text.
    """

    metre: str
    key: str
    full: Fraction
    notes: tuple[Note, ...]
    bars: tuple[Bar, ...]
    problems: tuple[Problem, ...]

    @property
    def right_bars(self) -> int:
        """How many bars have the length that the metre asks."""
        return sum(bar.is_right for bar in self.bars)

    @property
    def is_right(self) -> bool:
        """Whether all was understood, and every bar is right."""
        return bool(self.bars) and not self.problems and self.right_bars == len(self.bars)


def read_tune(text: str) -> Tune:
    """Read one tune; whatever the text is, this raises nothing.

    The unit of durations is L, or else, as ABC has it, 1/16 where a bar is shorter than 3/4 and 1/8 otherwise.
    """
    headers, body, problems = _headers(text)
    metre, key = headers.get("M", ""), headers.get("K", "")
    full = _metre(metre, problems)
    unit = _fraction(headers["L"]) if "L" in headers else None
    reader = _Reader(unit or Fraction(1, 16 if full < Fraction(3, 4) else 8), signature(key, problems), problems)
    for token in TOKEN.finditer(text, body):
        reader.take(token)
    notes, bars = reader.finish(len(text))
    return Tune(metre, key, full, tuple(notes), tuple(_judged(bars, reader.doubled, full)), tuple(reader.problems))


def signature(key: str, problems: list[Problem]) -> dict[str, int]:
    """Letter -> semitones that the key raises it by."""
    found = KEY.fullmatch(key.strip())
    mode = found["mode"].lower() if found else ""
    if found is None or mode not in MODES:
        problems.append(Problem(0, f'"{key}" is no key' if key else "there is no key (K:)"))
        return {}
    fifths = FIFTHS[found["tonic"]] + {"": 0, "#": 7, "b": -7}[found["sign"]] + MODES[mode]
    sharps = {letter: 1 for letter in SHARPS[: max(0, fifths)]}
    return sharps | {letter: -1 for letter in SHARPS[::-1][: max(0, -fifths)]}


def _headers(text: str) -> tuple[dict[str, str], int, list[Problem]]:
    """The header lines, and where the body begins."""
    headers: dict[str, str] = {}
    at = 0
    while found := HEADER.match(text, at):
        headers[found["name"]] = found["value"].strip()
        at = found.end()
        if found["name"] == "K":  # by ABC's rules the last
            break
    return headers, at, []


def _metre(metre: str, problems: list[Problem]) -> Fraction:
    """The length of a bar; a whole note where the metre is not understood."""
    full = Fraction(1) if metre in {"C", "C|"} else _fraction(metre)
    if full is None:
        problems.append(Problem(0, f'"{metre}" is no metre' if metre else "there is no metre (M:)"))
    return full or Fraction(1)


def _fraction(text: str) -> Fraction | None:
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})", text)
    return Fraction(int(found[1]), int(found[2])) if found and int(found[1]) and int(found[2]) else None


@dataclass
class _Reader:
    """Takes token after token; what goes on from one to the next stands here."""

    unit: Fraction
    signature: dict[str, int]
    problems: list[Problem]
    notes: list[Note] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    accidentals: dict[str, int] = field(default_factory=dict)  # of this bar
    doubled: set[int] = field(default_factory=set)  # bars that end with a double bar
    bar_start: Fraction = Fraction(0)
    bar_place: int = -1
    opens: bool = True
    triplet: int = 0  # notes of it that are still to come
    factor: Fraction = Fraction(1)  # by which a broken rhythm changes the next note …
    written: Fraction = Fraction(0)  # … unless it is written so long already

    def take(self, token: re.Match[str]) -> None:
        """One token."""
        place = token.start()
        if self.bar_place < 0:
            self.bar_place = place
        if token["letter"]:
            self._note(token)
        elif token["bar"]:
            self._bar(token["bar"], place, token.end())
        elif token["tuplet"]:
            self._tuplet(token["tuplet"], place)
        elif token["broken"]:
            self._broken(token["broken"], place)
        elif token["unknown"]:
            self._problem(place, f"{token['unknown']!r} is not understood")

    def finish(self, end: int) -> tuple[list[Note], list[Bar]]:
        """The text is over: what is open is closed."""
        self._unfinished(end)
        self._close(closes=True)
        return self.notes, self.bars

    def _note(self, token: re.Match[str]) -> None:
        duration = self.unit * self._count(token)
        duration *= self.factor if duration != self.written else 1
        self.factor = Fraction(1)
        if self.triplet:
            duration, self.triplet = duration * Fraction(2, 3), self.triplet - 1
        self.notes.append(Note(self._pitch(token), self._now(), duration, len(self.bars), token.start()))

    def _pitch(self, token: re.Match[str]) -> int | None:
        """An accidental holds for its letter and octave to the end of the bar."""
        letter, octave = token["letter"], token["octave"]
        if letter == "z":
            return None
        name = letter + octave
        if token["accidental"]:
            self.accidentals[name] = ACCIDENTALS[token["accidental"]]
        raised = self.accidentals.get(name, self.signature.get(letter.upper(), 0))
        octaves = letter.islower() + octave.count("'") - octave.count(",")
        return 60 + SEMITONES[letter.upper()] + raised + 12 * octaves

    def _count(self, token: re.Match[str]) -> Fraction:
        """``3/2``, ``3``, ``/`` (a half), ``//`` (a quarter): in units."""
        many, slashes = token["many"], len(token["slashes"] or "")
        parts = int(token["parts"]) if token["parts"] else 2 ** min(slashes, 6)
        if not parts or (many and not int(many)):
            self._problem(token.start(), f"{token[0]} has no duration")
            return Fraction(1)
        return Fraction(int(many or 1), parts)

    def _tuplet(self, count: str, place: int) -> None:
        self._unfinished(place)
        if count != "3":
            self._problem(place, f"({count} is not understood: only triplets, (3, are")
            return
        self.triplet = 3

    def _broken(self, marks: str, place: int) -> None:
        """``a>b``: a is half longer, b half as long; ``>>`` more so; ``<`` the other way round; b/ is so already."""
        if not self.notes or self.notes[-1].bar != len(self.bars) or self.factor != 1:
            self._problem(place, f"{marks} has no note before it")
            return
        short = Fraction(1, 2 ** len(marks))
        before, self.factor = (2 - short, short) if marks[0] == ">" else (short, 2 - short)
        self.written = self.notes[-1].duration * self.factor
        self.notes[-1] = replace(self.notes[-1], duration=self.notes[-1].duration * before)

    def _bar(self, mark: str, place: int, end: int) -> None:
        self._unfinished(place)
        closes = ":" in mark
        added = self._close(closes=closes)
        if added and mark == "||":
            self.doubled.add(len(self.bars) - 1)
        self.opens, self.bar_place = closes or (self.opens and not added), end

    def _close(self, *, closes: bool) -> bool:
        """Add the bar; one without notes counts only inside a part."""
        length = self._now() - self.bar_start
        added = bool(length) or not (self.opens or closes)
        if added:
            self.bars.append(Bar(length, "wrong", self.bar_place, self.opens, closes))
        elif closes and self.bars:
            self.bars[-1] = replace(self.bars[-1], closes=True)
        self.bar_start, self.accidentals = self._now(), {}
        return added

    def _unfinished(self, place: int) -> None:
        """A triplet or a broken rhythm does not go beyond a bar."""
        if self.triplet or self.factor != 1:
            self._problem(place, "a triplet is not full" if self.triplet else "a broken rhythm has no note after it")
        self.triplet, self.factor = 0, Fraction(1)

    def _now(self) -> Fraction:
        return self.notes[-1].start + self.notes[-1].duration if self.notes else Fraction(0)

    def _problem(self, place: int, message: str) -> None:
        self.problems.append(Problem(place, message))


def _judged(bars: Sequence[Bar], doubled: Set[int], full: Fraction) -> Iterator[Bar]:
    """Each bar with its kind; it may be shorter where a part begins or ends, or where a double bar divides it."""
    for n, bar in enumerate(bars):
        first = bar.opens or (n - 1 in doubled and bars[n - 1].length + bar.length == full)
        last = bar.closes or (n in doubled and n + 1 < len(bars) and bar.length + bars[n + 1].length == full)
        kind: BarKind = "wrong"
        if bar.length == full:
            kind = "full"
        elif 0 < bar.length < full and (first or last):
            kind = "upbeat" if first else "end"
        yield replace(bar, kind=kind)
