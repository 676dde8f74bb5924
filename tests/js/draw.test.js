import assert from "node:assert/strict";
import { test } from "node:test";
import { batches, byLevel, LEVELS, trace } from "../../static/js/draw/batches.js";
import { draw } from "../../static/js/draw/canvas.js";
import { pixels, ramp } from "../../static/js/draw/images.js";
import { makeTheme } from "../../static/js/draw/theme.js";

const INKS = "ink,ink2,ink3,line,card,paper,positive,negative,forward,backward,update,selection,none,warning".split(
  ",",
);
const COLOURS = {
  ...Object.fromEntries(INKS.map((ink) => [ink, "#000000"])),
  card: "#ffffff",
  positive: "#0000ff",
  negative: "rgb(255, 128, 0)",
};
const THEME = makeTheme(COLOURS);

/** A context that remembers what it was asked to do. */
function recorder() {
  const asked = [];
  const state = {};
  const ctx = new Proxy(state, {
    get(target, name) {
      if (name in target) return target[name];
      if (name === "measureText") return (text) => ({ width: 6 * text.length });
      if (name === "getTransform") return () => ({ a: 2 });
      return (...given) => {
        asked.push([name, ...given]);
      };
    },
    set(target, name, value) {
      target[name] = value;
      asked.push([`${String(name)} =`, value]);
      return true;
    },
  });
  return { asked, ctx, count: (name) => asked.filter(([what]) => what === name).length };
}

const stroke = (more = {}) => ({
  ...{ kind: "curve", from: { x: 0, y: 0 }, to: { x: 10, y: 4 }, ink: "positive", width: 1, alpha: 0.5, dash: false },
  ...more,
});

function drawn(commands) {
  const { ctx, asked, count } = recorder();
  draw({ ctx, theme: THEME, images: { of: () => "image" } }, commands);
  return { asked, count };
}

test("curves that look nearly alike are one path", () => {
  const strokes = [stroke(), stroke({ width: 1.05, alpha: 0.51 }), stroke({ ink: "negative" }), stroke({ width: 3 })];

  assert.deepEqual(
    [2, 1, 1],
    batches(strokes).map((batch) => batch.strokes.length),
  );
  assert.equal(3, drawn(strokes).count("stroke"));
});

test("a thousand thin wires are at most as many strokes as there are levels", () => {
  const strengths = Float32Array.from({ length: 1000 }, (_, index) => Math.sin(index));
  const bundle = { kind: "bundle", ends: new Float32Array(4000), strengths, alpha: 1 };

  assert.equal(true, drawn([bundle]).count("stroke") <= 2 * LEVELS);
  assert.equal(1000, drawn([bundle]).count("bezierCurveTo"));
});

test("thin wires are one device pixel wide", () => {
  const bundle = { kind: "bundle", ends: new Float32Array(4), strengths: Float32Array.of(1), alpha: 1 };
  const [, width] = drawn([bundle]).asked.find(([what]) => what === "lineWidth =");

  assert.equal(0.5, width);
});

test("a strength has the level of its sign and size; what is no number the lowest", () => {
  const levels = byLevel(Float32Array.of(-1, -0.01, 0.01, 1, Number.NaN));

  assert.deepEqual([[0], [1], [2, 4], [3]], [levels[LEVELS - 1], levels[0], levels[LEVELS], levels[2 * LEVELS - 1]]);
});

test("only the part of a curve that is wanted is traced", () => {
  const { ctx, asked } = recorder();
  trace(ctx, stroke({ begin: 0.5, end: 1 }));
  trace(ctx, stroke({ begin: 1, end: 1 }));

  assert.deepEqual(
    [["moveTo", 5, 2]],
    asked.filter(([what]) => what === "moveTo"),
  );
});

test("every command is drawn", () => {
  const at = { x: 5, y: 5, ink: "ink", fill: "card", alpha: 1, dash: false };
  const commands = [
    { kind: "disc", ...at, r: 3 },
    { kind: "ring", ...at, r: 3, width: 1 },
    { kind: "chevron", ...at, size: 4, angle: 0 },
    { kind: "bar", ...at, width: 4, height: 4, radius: 2 },
    { kind: "bar", ...at, width: 4, height: 4, radius: 0 },
    { kind: "outline", ...at, width: 4, height: 4, radius: 2 },
    { kind: "label", ...at, text: "a 1", size: 12, align: "center", mono: true, bold: false, plate: true },
    {
      kind: "path",
      ...at,
      points: [
        { x: 0, y: 0 },
        { x: 0, y: 9 },
        { x: 9, y: 9 },
      ],
      radius: 3,
      width: 1,
    },
    { kind: "map", ...at, width: 4, height: 4, r: 2 },
  ];
  const { count } = drawn(commands);

  assert.deepEqual([1, 1, 1, 1, 1], ["fillText", "fillRect", "drawImage", "arcTo", "clip"].map(count));
  assert.equal(4, count("stroke"));
});

test("a command that nobody knows fails loudly", () => {
  assert.throws(() => drawn([{ kind: "hologram" }]), /unknown draw command/);
});

test("the plate lies behind its text", () => {
  const label = {
    kind: "label",
    x: 0,
    y: 0,
    text: "0.5",
    ink: "ink",
    size: 12,
    align: "left",
    mono: true,
    bold: false,
    plate: true,
  };
  const order = drawn([label])
    .asked.map(([what]) => what)
    .filter((what) => what === "fill" || what === "fillText");

  assert.deepEqual(["fill", "fillText"], order);
});

test("colours run from negative over the card's to positive", () => {
  const colours = ramp(THEME);

  assert.equal(255, colours.length);
  assert.equal(0xffffffff, colours[127]);
  assert.equal(true, ((colours[254] >> 16) & 255) > 240 && (colours[254] & 255) < 40, "blue");
  assert.equal(true, (colours[0] & 255) > 240 && ((colours[0] >> 16) & 255) < 40, "orange");
});

test("rows of a heat map go up, so that the last is the top row of the image", () => {
  const colours = ramp(THEME);
  const map = { values: Uint8Array.of(0, 0, 255, 255), columns: 2, rows: 2, low: -1, high: 1, neutral: 0, reach: 1 };

  assert.deepEqual(
    [colours[254], colours[254], colours[0], colours[0]],
    [...pixels({ ...map, upwards: true }, colours)],
  );
  assert.deepEqual(
    [colours[0], colours[0], colours[254], colours[254]],
    [...pixels({ ...map, upwards: false }, colours)],
  );
});

test("a heat map of floats is coloured by its distance from what is neutral", () => {
  const colours = ramp(THEME);
  const map = {
    values: Float32Array.of(0.5, 1, Number.NaN),
    columns: 3,
    rows: 1,
    neutral: 0.5,
    reach: 0.5,
    upwards: false,
  };

  assert.deepEqual([colours[127], colours[254], colours[127]], [...pixels(map, colours)]);
});
