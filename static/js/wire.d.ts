/**
 * What the server says beside frames: specs, events, explanations, problems. The reference is /openapi.json.
 */

import type { Bookmark, Call, Dataset, Graph, History, Metrics, Mode, Position, RunLine } from "./types.js";

export type Role = "owner" | "viewer";
export type PhaseOfPage = "starting" | "connecting" | "open" | "waiting" | "closed";

/** One field of a request that the server could not accept, and why. */
export type ProblemField = Readonly<{ loc: readonly (string | number)[]; msg: string }>;
export type ProblemDocument = Readonly<{
  type?: string;
  title: string;
  status: number;
  detail: string;
  errors?: readonly ProblemField[];
}>;

export type LayerSpec = Readonly<{
  id: string;
  type: string;
  trainable?: boolean;
  clamps?: Readonly<Record<string, number>>;
  inputs?: readonly string[] | null;
  units?: number;
  activation?: string;
  function?: string;
  rate?: number;
  use_bias?: boolean;
  kernel?: number | readonly number[];
  initializer?: Readonly<{ type: string }> | null;
}>;
export type Options = Readonly<Record<string, unknown>> & Readonly<{ type: string }>;
export type OptimizerSpec = Options & Readonly<{ learning_rate: number }>;
export type DatasetSpec = Readonly<{
  name?: string;
  inline?: unknown;
  table?: string;
  varieties?: string;
  features?: readonly string[] | null;
  test_fraction: number;
  size?: number;
  noise?: number;
}>;
export type Spec = Readonly<{
  name: string;
  seed: number;
  dtype: string;
  dataset: DatasetSpec;
  layers: readonly LayerSpec[];
  loss: Options;
  optimizer: OptimizerSpec;
  regularization: Readonly<{ l1: number; l2: number; include_biases: boolean }>;
  batch_size: number | "full";
}>;
/** An RFC 7396 merge patch: null removes. */
export type Patch = Readonly<Record<string, unknown>>;

export type Access = Readonly<{ id: string; token: string; viewerToken: string | null; role: Role }>;

export type Term = Readonly<{
  label: string;
  factors: readonly Factor[];
  value: number | null;
  /** How many terms it stands for: 1, or those that are folded into one. */
  count: number;
}>;
export type Factor = Readonly<{
  name: string;
  node: string | null;
  quantity: string | null;
  index: readonly number[];
  value: number | null;
}>;
export type ChainLink = Readonly<{
  label: string;
  node: string;
  quantity: string;
  index: readonly number[];
  value: number | null;
  role: string;
  /** That what comes along this way is one part of the sum that the number is; null if it is all of it. */
  sum: string | null;
}>;
export type Explanation = Readonly<{
  node: string;
  quantity: string;
  index: readonly number[];
  level: string;
  question: string;
  formula: string;
  substituted: string;
  value: number | null;
  computed: boolean;
  reason: string | null;
  combine: string;
  scale: number;
  terms: readonly Term[];
  details: readonly Readonly<{ name: string; symbol: string; value: number | null }>[];
  text: string;
  chain: readonly ChainLink[];
}>;
/** Which number is asked about. */
export type Query = Readonly<{ node: string; quantity: string | null; index: readonly number[] }>;

export type Gradcheck = Readonly<{
  analytic: number;
  numeric: number;
  relative_error: number;
  /** The step whose gradient it is: the one that is shown. */
  at_step: number;
}>;
/** The first two principal components of a matrix's rows. */
export type Projection = Readonly<{
  points: readonly (readonly number[])[];
  tokens: readonly string[];
  explained: readonly number[];
}>;

/** How to come back to a point without its weights, and whether that is exact. */
export type Recipe = Readonly<{
  preset: string | null;
  patch: Patch | null;
  spec: Patch | null;
  edits: readonly Readonly<{ step: number; name: string; index: readonly number[]; value: unknown }>[];
  step: number;
  op: number;
  exact: boolean;
  doubt: "weights" | "large" | null;
  fingerprint: string;
  seconds: number;
}>;

export type ConfusionMatrix = readonly (readonly number[])[];
export type Confusion = Readonly<{
  classes: readonly string[];
  train: ConfusionMatrix | null;
  test: ConfusionMatrix | null;
}>;

export type CatalogEntry = Readonly<{
  name: string;
  title?: string;
  summary: string;
  formula?: string;
  schema?: Readonly<Record<string, unknown>>;
  story?: string;
  topic?: string;
  spec?: Readonly<{ name?: string; layers?: unknown; dataset?: unknown }>;
}>;
export type Catalog = Readonly<{
  layers: readonly CatalogEntry[];
  activations: readonly CatalogEntry[];
  losses: readonly CatalogEntry[];
  optimizers: readonly CatalogEntry[];
  schedules: readonly CatalogEntry[];
  initializers: readonly CatalogEntry[];
  datasets: readonly CatalogEntry[];
  presets: readonly CatalogEntry[];
  limits: Readonly<Record<string, number>>;
}>;

export type Divergence = Readonly<{
  cursor: Position;
  call: number | string;
  node: string;
  reason: string;
  advice: string;
}>;

/** The step's ribbon as it travels: see net/events.js. */
export type PackedCalls = Readonly<{
  kinds: readonly Omit<Call, "index" | "node">[];
  kind: readonly number[];
  node: readonly string[];
}>;

type Common = Readonly<{ session?: string; cursor?: Position; mode?: Mode; reply_to?: string | null }>;
export type Snapshot = Common &
  Readonly<{
    type: "snapshot";
    role: Role;
    spec: Spec;
    graph: Graph;
    calls: readonly Call[];
    dataset: Dataset;
    cursor: Position;
    mode: Mode;
    metrics: Metrics;
    history: History | null;
    sentence?: string;
    kept?: readonly (readonly [number, number])[];
    timeline?: RunLine;
    bookmarks?: readonly Bookmark[];
    warnings?: readonly string[];
    diverged?: Divergence | null;
    undoable?: Undoable;
  }>;
/** Something that was done, and where the session would stand if it were turned back. */
export type Turn = Readonly<{
  what:
    | "add"
    | "remove"
    | "move"
    | "layer"
    | "layers"
    | "option"
    | "options"
    | "rename"
    | "parameter"
    | "reset"
    | "visit";
  name: string;
  field: string;
  value: number | string | boolean | null;
  step: number;
  op: number;
}>;
export type Undoable = Readonly<{ undo: Turn | null; redo: Turn | null }>;
export type Undone = Common &
  Readonly<{
    type: "undone";
    redone: boolean;
    spec: Spec;
    graph: Graph;
    calls: readonly Call[];
    dataset?: Dataset | null;
    diverged?: Divergence | null;
    metrics?: Metrics;
    sentence?: string;
    undoable?: Undoable;
  }>;
export type Edited = Common &
  Readonly<{
    type: "edited";
    spec: Spec;
    graph?: Graph | null;
    calls?: readonly Call[] | null;
    dataset?: Dataset | null;
    undoable?: Undoable;
    kept: readonly string[];
    initialised: readonly string[];
    dropped: readonly string[];
    restarted?: boolean;
    metrics?: Metrics;
    sentence?: string;
    warnings?: readonly string[];
  }>;
/** A point that was asked for and is not kept; `seconds` of computing would bring it back, null: nothing can. */
export type Missed = Readonly<{ step: number; op: number; seconds: number | null }>;
export type ServerEvent =
  | Snapshot
  | Edited
  | Undone
  | (Common & Readonly<{ type: "stepped"; ran: readonly Call[]; sentence: string; metrics: Metrics }>)
  | (Common & Readonly<{ type: "sought"; sentence?: string; metrics?: Metrics; missed?: Missed | null }>)
  | (Common & Readonly<{ type: "bookmarks_changed"; bookmarks: readonly Bookmark[]; sentence: string }>)
  | (Common &
      Readonly<{
        type: "reset";
        seed?: number;
        dataset?: Dataset | null;
        sentence?: string;
        metrics?: Metrics;
        undoable?: Undoable;
      }>)
  | (Common & Readonly<{ type: "played"; unit: string; rate: number | null }>)
  | (Common & Readonly<{ type: "paused"; reason: string; detail?: string | null }>)
  | (Common & Readonly<{ type: "diverged" }> & Divergence)
  | (Common & Readonly<{ type: "refused"; command: string | null; problem: ProblemDocument }>)
  | (Common & Readonly<{ type: "watched" | "explained" | "gradients_checked" }>)
  | (Common & Readonly<{ type: "expired"; reason?: string }>)
  | (Common & Readonly<{ type: "restored"; reason: string }>);

/** What the socket is doing, in the words that the banner shows. */
export type Connection = Readonly<{ state: PhaseOfPage; attempt: number; retryAt: number | null; reason: string }>;

export type Toast = Readonly<{ id: number; kind: "info" | "good" | "warning"; text: string }>;
/** A problem that belongs to a field of the page: `loc` as the server names it. */
export type FieldProblem = Readonly<{ loc: readonly (string | number)[]; msg: string }>;

/** The answer to an example of one's own. */
export type OwnReply = Readonly<{
  own: Readonly<{ label: string | null; text: string | null }> | null;
  answer: Readonly<{ says: string; shares: readonly number[] | null; loss: number | null }> | null;
}>;

/** How a number answers to each number of the input; the first axis is that of the one example. */
export type Saliency = Readonly<{
  node: string;
  values: readonly number[];
  source: string;
  strength: readonly (readonly number[])[] | readonly (readonly (readonly number[])[])[];
}>;

/** An input that excites a number, and the way to it. */
export type Ascended = Readonly<{
  input: readonly (readonly (readonly number[])[])[];
  values: readonly number[];
  finite: boolean;
}>;

export type TuneNote = Readonly<{ pitch: number | null; start: number; duration: number; bar: number; place: number }>;
export type TuneBar = Readonly<{ place: number; length: number; kind: "full" | "upbeat" | "end" | "wrong" }>;
export type Tune = Readonly<{
  metre: string;
  key: string;
  full: number;
  right_bars: number;
  bars: readonly TuneBar[];
  notes: readonly TuneNote[];
  problems: readonly Readonly<{ place: number; message: string }>[];
}>;

/** A text that the network has written. */
export type Written = Readonly<{
  text: string;
  prime: string;
  ended: boolean;
  probabilities: readonly number[];
  tune: Tune | null;
}>;

/** Where a decoder looked: rows are symbols that were written, columns those that were read. */
export type Looked = Readonly<{
  rows: readonly string[];
  columns: readonly string[];
  weights: readonly (readonly number[])[];
}>;

/** What a decoder has written of a text. */
export type Translated = Readonly<{
  text: string;
  tokens: readonly string[];
  probabilities: readonly number[] | null;
  ended: boolean;
  attention: Looked | null;
}>;

/** One example by itself. */
export type Prediction = Readonly<{
  example: number;
  raw: readonly unknown[] | null;
  text: string | null;
  target: string;
  says: string;
  target_class: number | null;
  answer_class: number | null;
  probability: number | null;
  loss: number | null;
  right: boolean | null;
}>;
export type Predictions = Readonly<{
  part: "train" | "test";
  classes: readonly string[];
  evaluated: number;
  of: number;
  wrong: number | null;
  mean_loss: number | null;
  matching: number;
  offset: number;
  rows: readonly Prediction[];
}>;

/** One quantity of one parameter over time: `counts` (points, 32), `figures` mean, std, smallest, largest, zeros. */
export type Strip = Readonly<{
  steps: readonly number[];
  reach: number;
  counts: readonly (readonly number[])[];
  figures: readonly (readonly number[])[];
}>;
export type ParameterStrips = Readonly<{ entries: number; counted: number; weights: Strip; updates: Strip }>;
export type HistogramsReply = Readonly<{
  parameters: Readonly<Record<string, ParameterStrips>>;
  names: readonly string[];
  smallest: number;
}>;

/** The loss at each learning rate; "NaN" where it is not finite. */
export type Rates = Readonly<{
  rates: readonly number[];
  losses: readonly (number | string)[];
  smoothed: readonly (number | string)[];
  exploded: boolean;
  steepest: number | null;
  smallest: number | null;
  suggestion: number | null;
  present: number;
}>;

/** One entry of a parameter, or one number of the followed example's input. */
export type Target = Readonly<{ parameter: string; index: readonly number[] }> | Readonly<{ input: readonly number[] }>;
export type Pair = Readonly<{ old: number | null; new: number | null }>;
export type Ghost = Readonly<{
  shape: readonly number[];
  old: unknown;
  new: unknown;
  moved: number;
  largest: Readonly<{ index: readonly number[]; old: number; new: number }> | null;
}>;
export type WhatIfReply = Readonly<{
  in_batch: boolean;
  changes: readonly Readonly<{ parameter: string | null; index: readonly number[]; old: number; new: number }>[];
  loss: Pair;
  minimised: Pair;
  nodes: Readonly<Record<string, Ghost>>;
}>;
export type Move = Readonly<{ by: number | null; predicted: number | null; measured: number }>;
export type EffectReply = Readonly<{
  parameter: string;
  index: readonly number[];
  value: number;
  present: number;
  gradient: number | null;
  reason: string | null;
  minimised: number;
  nudge: Move;
  delta: Move | null;
  step: Move | null;
  slice: Readonly<{
    values: readonly number[];
    losses: readonly number[];
    tangent: readonly number[] | null;
  }> | null;
}>;
/** A what-if question that is open: about which number, what it would be, and what the server answers. */
export type Supposed = Readonly<{
  target: Target;
  value: number | null;
  answer: WhatIfReply | null;
  effect: EffectReply | null;
  message: string;
}>;
