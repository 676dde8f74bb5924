/**
 * The shapes that travel through the page: wire → state → layout → scene → draw.
 *
 * What comes over the wire is checked once, in net/, and trusted afterwards.
 */

import type { Theme } from "./draw/theme.js";
import type { Explanation, Query } from "./wire.js";

export type Phase = "forward" | "loss" | "backward" | "update";
export type StepUnit = "op" | "layer" | "batch" | "epoch";
export type Level = "kid" | "high_school" | "graduate" | "tldr" | "phd";
export type Mode = "paused" | "playing";

/** Where a session stands: `op` calls of step `step` have run; `phase` is the phase of the next one. */
export type Position = Readonly<{ step: number; phase: Phase; op: number; epoch: number; batch: number }>;

export type CallKind = "forward" | "loss" | "vjp" | "penalty" | "clip" | "delta" | "apply";

/** One operation of the step's ribbon. */
export type Call = Readonly<{
  index: number;
  phase: Phase;
  layer: string;
  node: string;
  op: string;
  label: string;
  formula: string;
  kind: CallKind;
}>;

export type Layer = Readonly<{
  id: string;
  type: string;
  label: string;
  units: number;
  activation: string | null;
  inputs: readonly string[];
  shape: readonly number[];
  /** What slides over the image that it reads. */
  window?: Window | null;
  /** false: frozen. */
  trainable?: boolean;
  /** Units (of images: maps) that are held at a value, by their numbers. */
  clamps?: Readonly<Record<string, number>>;
  nodes: readonly string[];
  parameters: readonly Readonly<{ name: string; shape: readonly number[] }>[];
  /** Of a recurrent layer: its quantities at all time steps; `lstm.f` stands for `lstm.f[0]`, `lstm.f[1]` … */
  blocks?: readonly Block[];
}>;

/** One quantity of a recurrent layer; `reverse`: its time steps are computed from the last to the first. */
export type Block = Readonly<{ name: string; units: number; steps: number; reverse: boolean }>;

/** Of an image layer, each (down, across): what lies under its window, or by which factor it enlarges. */
export type Window = Readonly<{
  op: string;
  size?: readonly number[];
  stride?: readonly number[];
  padding?: readonly (readonly number[])[];
  dilation?: readonly number[];
  groups?: number;
  factor?: readonly number[];
}>;

/** A value of the graph; of a recurrent layer's quantity `inputs` say what a middle step reads (`lstm.h[t-1]`). */
export type NodeInfo = Readonly<{
  name: string;
  layer: string;
  op: string | null;
  inputs: readonly string[];
  /** Of one example; of a recurrent layer's quantity, of one time step. */
  shape?: readonly number[];
  /** "loss", "penalty" and "statistic" belong to the whole batch. */
  kind?: string;
  steps?: number;
}>;

export type Graph = Readonly<{
  layers: readonly Layer[];
  nodes?: readonly NodeInfo[];
  output: string;
  loss: Readonly<{ type: string; formula: string }>;
  parameter_count: number;
}>;

/** A tensor of a frame. `data` is null where it has not been computed. */
export type Tensor = Readonly<{
  shape: readonly number[];
  data: Float32Array | Uint8Array | null;
  min: number;
  max: number;
  limits: readonly (readonly [number, number])[] | null;
  summary: Readonly<{ kind: string; full_shape: readonly number[] }> | null;
  /** Of a quantity of a recurrent layer, (T, M): what is known of each time step. */
  steps?: TimeSteps | null;
}>;

/** The Euclidean norm of each time step, exact, and which are computed (null: all that are not null as a whole). */
export type TimeSteps = Readonly<{ norm: Float32Array; computed: Uint8Array | null }>;

export type Metrics = Readonly<{
  loss: number | null;
  penalty: number | null;
  train_loss: number | null;
  test_loss: number | null;
  train_accuracy: number | null;
  test_accuracy: number | null;
  learning_rate: number | null;
  gradient_norms: Readonly<Record<string, number | null>>;
  signal_norms: Readonly<Record<string, number | null>>;
  activation_norms: Readonly<Record<string, number | null>>;
  dead_units: Readonly<Record<string, number | null>>;
  saturated?: Readonly<Record<string, number | null>>;
  update_ratio: Readonly<Record<string, number | null>>;
}>;

/** The example that the stage follows. */
export type Followed = Readonly<{
  /** Its number in the training part; null for one's own. */
  example: number | null;
  /** One's own: in no batch. */
  own?: boolean;
  row: number;
  in_batch: boolean;
  inputs: readonly number[];
  target: readonly number[];
  label: string;
  /** What its tokens say, if its inputs (its targets) are texts. */
  text?: string | null;
  target_text?: string | null;
}>;

export type History = Readonly<{
  step: readonly number[];
  train_loss: readonly (number | null)[];
  test_loss: readonly (number | null)[];
  train_accuracy: readonly (number | null)[];
  test_accuracy: readonly (number | null)[];
}>;

/** A run as a line of steps: see docs/reference/protocol.md. */
export type RunLine = Readonly<{
  /** The first step that can be computed again, and the last that was trained. */
  begin: number;
  newest: number;
  /** What is at hand at once; what lies between takes computing. */
  kept: readonly (readonly [number, number])[];
  /** Epoch `epoch` begins with step `step`, and every `batches` steps another one. */
  epochs: Readonly<{ step: number; epoch: number; batches: number }>;
  edits: readonly number[];
  breaks: readonly number[];
  diverged: readonly [number, number] | null;
}>;
/** A named point of time; `here`: in the present run. */
export type Bookmark = Readonly<{
  number: number;
  name: string;
  step: number;
  op: number;
  epoch: number;
  here: boolean;
}>;

export type Frame = Readonly<{
  seq: number;
  cursor: Position;
  mode: Mode;
  ran: Call | null;
  sentence: string;
  metrics: Metrics;
  example: Followed | null;
  tensors: ReadonlyMap<string, Tensor>;
  /** The points that the history has gained since the frame before. */
  history?: (Partial<History> & Readonly<{ since?: number }>) | null;
  /** Null where nothing has changed since the frame before. */
  timeline?: RunLine | null;
  bookmarks?: readonly Bookmark[] | null;
}>;

/** Examples as measured, cut where they are many; of texts and images more than rows of numbers. */
export type DatasetPart = Readonly<{
  raw: readonly (readonly number[])[];
  targets: readonly number[];
  count: number;
  lengths?: readonly number[] | null;
  target_lengths?: readonly number[] | null;
}>;

export type Dataset = Readonly<{
  name: string;
  task: "classification" | "regression" | "sequence";
  columns: readonly string[];
  features: readonly string[];
  classes: readonly string[];
  target_name: string;
  plot: Readonly<{ x: string; y: string }> | null;
  /** The vocabulary of texts (raw holds indices into it), and of targets that are sequences; empty if they are none. */
  tokens?: readonly string[];
  target_tokens?: readonly string[];
  /** The raw value of a pixel that becomes 1. */
  brightest?: number;
  train: DatasetPart;
  test: DatasetPart;
}>;

/** What the person has selected: everything that can be asked "why?". Indices count from 0. */
export type Selection = Readonly<
  | { kind: "unit"; layer: string; unit: number }
  | { kind: "weight"; layer: string; from: number; to: number }
  | { kind: "bias"; layer: string; unit: number }
  | { kind: "pixel"; layer: string; map: number; row: number; column: number }
  | { kind: "kernel"; layer: string; filter: number; channel: number; row: number; column: number }
  /** A unit of a quantity at a time step: of a block (`lstm.f`) or of a node that is a sequence (`letters.a`). */
  | { kind: "step"; layer: string; key: string; t: number; unit: number }
  | { kind: "loss" }
>;

// ------------------------------------------------------------------------------------------ layout, scene, drawing

export type Point = Readonly<{ x: number; y: number }>;
export type Size = Readonly<{ width: number; height: number }>;
export type Area = Readonly<{ x: number; y: number; width: number; height: number }>;
/** The stage's point at the view's upper left corner, and how many CSS pixels one of its units is. */
export type Camera = Readonly<{ x: number; y: number; scale: number }>;
/** What the page shows of the camera: its scale in percent, what it sees, whether that is not all, and whether one has gone in. */
/** Where one looks in a link: the middle of the view as a part of the whole, which fits stages of every size, and how near. */
export type Standpoint = Readonly<{ x: number; y: number; scale: number }>;
export type Outlook = Readonly<{
  percent: number;
  hidden: boolean;
  deep: boolean;
  sight: Area;
  whole: Size;
  /** The layers in sight. */
  layers: readonly string[];
  /** Where one looks; null: as at first, nobody has moved it. */
  at: Standpoint | null;
}>;
export type UnitBox = Readonly<{ layer: string; unit: number; x: number; y: number; r: number; name: string }>;

/**
 * How a layer's units are drawn: with the sum that each of them is, numbers above and below each disc, beside it, none, or a
 * strip of cells.
 * The fewer pixels a unit has, the further down this list.
 */
export type Tier = "sum" | "full" | "row" | "small" | "strip" | "tiles";

/** One feature map as a small image; `map` counts from 0. */
export type Tile = Area & Readonly<{ layer: string; map: number; rows: number; columns: number }>;
/** The kernels of one feature map, `across` in a line: `shown` of its `channels`. */
export type KernelBox = Area &
  Readonly<{
    layer: string;
    filter: number;
    channels: number;
    shown: number;
    /** The first channel that is shown. */
    first: number;
    across: number;
    rows: number;
    columns: number;
    cell: number;
    /** Between two of them. */
    apart: number;
  }>;
/** A thin line that says what an image layer reads: from a tile to a tile, or to its part of a flattened strip. */
export type Thread = Readonly<{ layer: string; source: string; map: number; from: Point; end: Point }>;

/** A unit's multiplication and sum, row by row: `rows` of its `count` terms, from `first` on. */
export type Card = Area &
  Readonly<{
    layer: string;
    unit: number;
    rows: number;
    count: number;
    first: number;
    /** Whether its rows are what its gradient is the sum of, not its inputs. */
    back: boolean;
    cell?: CellSelection;
    anchor?: Area;
  }>;
/** A single number on a stage of images or of time steps. */
export type CellSelection = Extract<Selection, { kind: "step" | "pixel" }>;
/** Something with a card: a unit, or a cell. */
export type Carded = Readonly<{ layer: string; unit: number; cell?: CellSelection }>;
/** What the server explains of a unit that is looked at: its pre-activation, and the gradients of that and of its activation. */
export type Sum = Readonly<{
  seq: number;
  z: Explanation | null;
  da: Explanation | null;
  dz: Explanation | null;
  /** Of a cell: the function of the sum, where the cell is one. */
  made?: Explanation | null;
}>;
/** What is near enough to be read: units (as cards), and the layers whose numbers are wanted in full. */
export type Looked = Readonly<{
  units: readonly Carded[];
  layers: readonly string[];
}>;

export type LayerBox = Readonly<{
  id: string;
  title: string;
  subtitle: string;
  x: number;
  /** Where its title stands, and its units begin and end. */
  titleY: number;
  titleSize: number;
  top: number;
  bottom: number;
  kind: "units" | "matrix" | "joint" | "images";
  tier: Tier;
  pitch: number;
  r: number;
  /** From x to where wires arrive and leave. */
  left: number;
  right: number;
  /** What meets in a joint: "+" or "‖"; "" elsewhere. */
  symbol: string;
  /** The value that is neither blue nor orange: 0, for probabilities what chance would give. */
  neutral: number;
  role: "input" | "hidden" | "output";
  units: readonly UnitBox[];
  /** The feature maps that are drawn, if it is a layer of images. */
  tiles: readonly Tile[];
  /** Units (or feature maps) that there are but that are not drawn one by one. */
  folded: number;
  /** Of units that one is near enough to: their sums. */
  cards?: readonly Card[];
  /** How wide its titles may be: as far as the columns beside it are away. */
  room: number;
}>;
/** One weight: from a unit of `source` to a unit of `layer`; `row` is its row in `<layer>.W`. */
export type Wire = Readonly<{
  layer: string;
  source: string;
  row: number;
  to: number;
  from: Point;
  end: Point;
  /** false for joints (add, concat, …), which carry no weight. */
  weighted: boolean;
}>;
/** All the weights between two wide layers, as an image: rows stand beside the units that they come from. */
export type MatrixBox = Area & Readonly<{ layer: string; source: string; rows: number; columns: number }>;
/** A skip connection: one line through a lane below the layers that it skips. */
export type Arc = Readonly<{ layer: string; source: string; from: Point; end: Point; lane: number }>;
/** One feature map that is enlarged to the whole stage. */
export type Lens = Readonly<{ layer: string; map: number }>;
/**
 * One quantity over time: a column of cells for each time step, and below it (`track`) the size of its gradient.
 * `key` is its tensor; `open`: 0 is closed and 1 is open, as with gates and probabilities.
 */
export type Lane = Area &
  Readonly<{
    layer: string;
    key: string;
    label: string;
    role: "tokens" | "said" | "target" | "value" | "state" | "gate" | "norm";
    steps: number;
    units: number;
    track: Readonly<{ y: number; height: number }>;
    open: boolean;
    block: boolean;
    reverse: boolean;
  }>;
/** A layer that keeps time: its lanes, one below the other; folded, a summary of them. */
export type Band = Area &
  Readonly<{
    layer: string;
    title: string;
    subtitle: string;
    steps: number;
    folded: boolean;
    foldable: boolean;
    lanes: readonly Lane[];
  }>;
export type StageLayout = Readonly<{
  width: number;
  height: number;
  layers: readonly LayerBox[];
  wires: readonly Wire[];
  matrices: readonly MatrixBox[];
  arcs: readonly Arc[];
  kernels: readonly KernelBox[];
  threads: readonly Thread[];
  /** Of a network that reads sequences: its layers with a time axis. */
  bands?: readonly Band[];
  /** The vocabularies of what they read and of what they say. */
  tokens?: readonly string[];
  targetTokens?: readonly string[];
  /** The card of a cell that one is near enough to. */
  cell?: Card;
  /** How much nearer than usual it is seen; 1, if left out. */
  scale?: number;
  /** The part of it that can be seen; all of it, if left out. */
  sight?: Area;
  /** The height at which the foot of the stage (what flows, legend) begins. */
  foot: number;
  loss: Area & Readonly<{ type: string }>;
  graph: Graph;
}>;

/** A part of the animation: the call that wrote `key` runs while t is between `begin` and `end`. */
export type Beat = Readonly<{
  kind: CallKind;
  key: string;
  /** The layer whose operation it is, and the node or parameter that it writes. */
  layer: string;
  node: string;
  op: string;
  begin: number;
  end: number;
}>;
/** Everything that a picture is a function of. */
export type View = Readonly<{
  layout: StageLayout;
  frame: Frame | null;
  beats: readonly Beat[];
  /** How far the animation is, 0 to 1. */
  t: number;
  selection: Selection | null;
  hover: Selection | null;
  /** The number that is being explained, and its explanation, as far as it has come. */
  focus?: Query | null;
  why?: Explanation | null;
  /** What would be, while a what-if question is open. */
  ghosts?: import("./wire.js").WhatIfReply | null;
  /** Whether the layout is that of one enlarged map. */
  lens?: Lens | null;
  /** The explanations of units that are looked at, by layer and unit. */
  sums?: ReadonlyMap<string, Sum>;
}>;
/** What stays as it is during an animation (drawn once), and what moves (drawn each time). */
export type Scene = Readonly<{ still: readonly DrawCommand[]; moving: readonly DrawCommand[] }>;

/** Colours by role; the drawing looks them up in the current theme. */
export type Ink =
  | "ink"
  | "ink2"
  | "ink3"
  | "line"
  | "card"
  | "paper"
  | "positive"
  | "negative"
  | "forward"
  | "backward"
  | "update"
  | "selection"
  | "none"
  | "warning";

/** Commands that lie in one coordinate system, and how that lies on the screen. */
export type Sheet = Readonly<{ camera: Camera; commands: readonly DrawCommand[] }>;
/** What of the stage its neighbours may take: pictures, and what lies where on the screen. */
export type StageHand = Readonly<{
  picture: (t?: number) => Picture | null;
  placed: () => Readonly<{ layout: StageLayout; camera: Camera }> | null;
  pick: (x: number, y: number) => Selection | null;
}>;
/** What the stage shows at one moment, from the back to the front, and how long (ms) the motion is that leads there. */
export type Picture = Readonly<{
  sheets: readonly Sheet[];
  size: Size;
  theme: Theme;
  duration: number;
  frame: Frame | null;
}>;

export type Stroke = Readonly<{
  kind: "curve";
  from: Point;
  to: Point;
  ink: Ink;
  width: number;
  alpha: number;
  dash: boolean;
  /** The part of the curve that is drawn, 0 to 1; all of it if left out. */
  begin?: number;
  end?: number;
}>;
export type DrawCommand = Readonly<
  | Stroke
  /** Many thin curves: four numbers (x, y, x, y) and one strength (-1 to 1: its sign is its hue) for each. */
  | { kind: "bundle"; ends: Float32Array; strengths: Float32Array; alpha: number }
  | { kind: "path"; points: readonly Point[]; radius: number; ink: Ink; width: number; alpha: number; dash: boolean }
  | { kind: "disc"; x: number; y: number; r: number; fill: Ink; alpha: number }
  | { kind: "ring"; x: number; y: number; r: number; ink: Ink; width: number; dash: boolean; alpha?: number }
  | { kind: "chevron"; x: number; y: number; size: number; angle: number; ink: Ink; alpha: number }
  | { kind: "bar"; x: number; y: number; width: number; height: number; radius: number; fill: Ink; alpha: number }
  | {
      kind: "outline";
      x: number;
      y: number;
      width: number;
      height: number;
      radius: number;
      ink: Ink;
      dash: boolean;
      thickness?: number;
    }
  | {
      kind: "label";
      x: number;
      y: number;
      text: string;
      ink: Ink;
      size: number;
      align: "left" | "center" | "right";
      mono: boolean;
      bold: boolean;
      /** a plate of the paper's colour behind the text, so that wires do not cross it */
      plate: boolean;
      alpha?: number;
    }
  | {
      kind: "map";
      x: number;
      y: number;
      width: number;
      height: number;
      /** clip to a disc of this radius; 0 for a rectangle */
      r: number;
      values: Uint8Array | Float32Array;
      columns: number;
      rows: number;
      low: number;
      high: number;
      /** the value that is neither blue nor orange, and the distance from it that has the full colour */
      neutral: number;
      reach: number;
      /** whether the first row is the lowest */
      upwards: boolean;
      alpha: number;
      /** where it is drawn is cached by `slot`, what is drawn by `version`, which changes whenever the values do */
      slot: string;
      version: string;
    }
>;
