/**
 * The mirror of app/shards/frames.py: MessagePack bytes -> Frame.
 *
 * @import { Bookmark, Call, Followed, Frame, History, Metrics, Mode, Position, RunLine, Tensor } from "../types.js"
 */

import { decode } from "@msgpack/msgpack";

/**
 * @typedef {Object} RawTensor
 * @property {number[]} shape
 * @property {string} dtype
 * @property {Uint8Array | null} data
 * @property {number} min
 * @property {number} max
 * @property {[number, number][]} [limits]
 * @property {{ kind: string, full_shape: number[] }} [summary]
 * @property {{ norm: Uint8Array, computed?: Uint8Array, range?: Uint8Array }} [steps]
 */
/**
 * @typedef {Object} RawFrame
 * @property {string} type
 * @property {number} seq
 * @property {Position} cursor
 * @property {Mode} mode
 * @property {Call | null} [ran]
 * @property {string} [sentence]
 * @property {Metrics} metrics
 * @property {Followed | null} [example]
 * @property {Record<string, RawTensor>} tensors
 * @property {Partial<History> & { since?: number }} [history]
 * @property {RunLine | null} [timeline]
 * @property {readonly Bookmark[] | null} [bookmarks]
 */

/**
 * @param {ArrayBuffer} buffer
 * @returns {Frame}
 */
export function decodeFrame(buffer) {
  const raw = /** @type {RawFrame | null} */ (decode(new Uint8Array(buffer)));
  if (raw?.type !== "frame") throw new Error(`expected a frame, got "${raw?.type}"`);
  const tensors = Object.entries(raw.tensors).map(
    ([key, tensor]) => /** @type {const} */ ([key, toTensor(key, tensor)]),
  );
  return {
    seq: raw.seq,
    cursor: raw.cursor,
    mode: raw.mode,
    ran: raw.ran ?? null,
    sentence: raw.sentence ?? "",
    metrics: raw.metrics,
    example: raw.example ?? null,
    history: raw.history ?? null,
    timeline: raw.timeline ?? null,
    bookmarks: raw.bookmarks ?? null,
    tensors: new Map(tensors),
  };
}

/**
 * @param {string} key
 * @param {RawTensor} raw
 * @returns {Tensor}
 */
function toTensor(key, raw) {
  const { shape, min, max, limits = null, summary = null } = raw;
  const data = raw.data === null ? null : toArray(key, raw.dtype, raw.data);
  if (!data || !raw.steps) return { shape, data, min, max, limits, summary };
  const steps = { norm: floats(raw.steps.norm), computed: raw.steps.computed ?? null };
  const values = raw.steps.range ? unrolled(data, floats(raw.steps.range)) : data;
  return { shape, data: values, min, max, limits, summary, steps };
}

/**
 * Codes of time steps, each between its own least and greatest value, as values.
 *
 * @param {Float32Array | Uint8Array} codes
 * @param {Float32Array} range two for each step
 */
function unrolled(codes, range) {
  const width = codes.length / (range.length / 2);
  const values = new Float32Array(codes.length);
  // A plain loop: Float32Array.from() takes ten times as long, for each frame of a long sequence.
  for (let first = 0, step = 0; first < codes.length; first += width, step += 1) {
    const [low = 0, high = 0] = [range[2 * step], range[2 * step + 1]];
    for (let index = first; index < first + width; index += 1)
      values[index] = low + ((codes[index] ?? 0) / 255) * (high - low);
  }
  return values;
}

/**
 * A `bin` may begin at any offset of the message, a Float32Array only at a multiple of 4: so it is copied.
 *
 * @param {string} key
 * @param {string} dtype
 * @param {Uint8Array} data
 * @returns {Float32Array | Uint8Array}
 */
function toArray(key, dtype, data) {
  if (dtype === "uint8") return data;
  if (dtype === "float32") return floats(data);
  throw new Error(`expected float32 or uint8 for ${key}, got "${dtype}"`);
}

/** @param {Uint8Array} data */
function floats(data) {
  return new Float32Array(data.slice().buffer);
}
