/**
 * The mirror of app/shards/frames.py: MessagePack bytes -> Frame.
 *
 * @import { Call, Followed, Frame, History, Metrics, Mode, Position, Tensor } from "../types.js"
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
  return { shape, data: raw.data === null ? null : toArray(key, raw.dtype, raw.data), min, max, limits, summary };
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
  if (dtype === "float32") return new Float32Array(data.slice().buffer);
  throw new Error(`expected float32 or uint8 for ${key}, got "${dtype}"`);
}
