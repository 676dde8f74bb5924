/**
 * Pictures -> an animated GIF. It runs in a worker, so it imports nothing; the functions are tested without one.
 *
 * Each picture has a palette of its own (median cut over 15-bit colours), and holds only what differs from the one before:
 * the rectangle around it, with the rest of that transparent.
 */

const CODES = 4096;
/** A prime above 4/3 of the codes: the table stays sparse. */
const SLOTS = 5003;
const COLOURS = 255;
const TRANSPARENT = 255;
const BITS = 5;
const BUCKETS = 1 << (3 * BITS);

/** @typedef {Readonly<{ x: number, y: number, width: number, height: number }>} Area */

/** Bytes that grow. */
export class Bytes {
  #bytes = new Uint8Array(1 << 16);
  length = 0;

  /** @param {number} byte */
  push(byte) {
    if (this.length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#bytes.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.length++] = byte;
  }

  /** Little-endian. @param {number} number */
  push16(number) {
    this.push(number & 255);
    this.push(number >> 8);
  }

  /** @param {Iterable<number>} bytes */
  append(bytes) {
    for (const byte of bytes) this.push(byte);
  }

  done() {
    return this.#bytes.slice(0, this.length);
  }
}

/** The 15-bit colour of a pixel as it lies in an ImageData. @param {number} pixel */
function bucketOf(pixel) {
  return ((pixel & 0xf8) << 7) | ((pixel & 0xf800) >> 6) | ((pixel & 0xf80000) >> 19);
}

/**
 * At most 255 colours for these pixels, and for every 15-bit colour among them which one stands for it.
 *
 * @param {Uint32Array} pixels
 * @returns {{ palette: Uint8Array, index: Uint8Array }} three bytes a colour
 */
export function quantise(pixels) {
  const counts = new Uint32Array(BUCKETS);
  const sums = [new Float64Array(BUCKETS), new Float64Array(BUCKETS), new Float64Array(BUCKETS)];
  for (const pixel of pixels) {
    const bucket = bucketOf(pixel);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
    for (let channel = 0; channel < 3; channel += 1) {
      const sum = /** @type {Float64Array} */ (sums[channel]);
      sum[bucket] = (sum[bucket] ?? 0) + ((pixel >>> (8 * channel)) & 255);
    }
  }
  const used = [];
  for (let bucket = 0; bucket < BUCKETS; bucket += 1) if (counts[bucket]) used.push(bucket);
  const palette = new Uint8Array(3 * (COLOURS + 1));
  const index = new Uint8Array(BUCKETS);
  for (const [place, box] of cut(used, counts).entries()) {
    let total = 0;
    for (const bucket of box) {
      index[bucket] = place;
      total += counts[bucket] ?? 0;
    }
    for (const [channel, sum] of sums.entries())
      palette[3 * place + channel] = Math.round(box.reduce((all, bucket) => all + (sum[bucket] ?? 0), 0) / total);
  }
  return { palette, index };
}

/** Median cut: the box with the widest spread of most pixels is halved, until there are enough. @param {number[]} used @param {Uint32Array} counts @returns {number[][]} */
function cut(used, counts) {
  const boxes = [measured(used, counts)];
  while (boxes.length < COLOURS) {
    let widest = -1;
    for (const [at, { weight }] of boxes.entries()) if (weight > (boxes[widest]?.weight ?? 0)) widest = at;
    const box = boxes[widest];
    if (!box) break;
    const sorted = [...box.buckets].sort((a, b) => part(a, box.channel) - part(b, box.channel));
    boxes.splice(widest, 1, ...halves(sorted, counts).map((half) => measured(half, counts)));
  }
  return boxes.map(({ buckets }) => buckets);
}

/** @param {number} bucket @param {number} channel @returns {number} */
function part(bucket, channel) {
  return (bucket >> (BITS * (2 - channel))) & 31;
}

/** @param {number[]} buckets @param {Uint32Array} counts */
function measured(buckets, counts) {
  const low = [31, 31, 31];
  const high = [0, 0, 0];
  let count = 0;
  for (const bucket of buckets) {
    count += counts[bucket] ?? 0;
    for (let channel = 0; channel < 3; channel += 1) {
      const value = part(bucket, channel);
      low[channel] = Math.min(low[channel] ?? 0, value);
      high[channel] = Math.max(high[channel] ?? 0, value);
    }
  }
  const spreads = high.map((value, channel) => value - (low[channel] ?? 0));
  const spread = Math.max(...spreads);
  return { buckets, channel: spreads.indexOf(spread), weight: spread * Math.sqrt(count) };
}

/** Two parts with about as many pixels, none empty. @param {number[]} sorted @param {Uint32Array} counts */
function halves(sorted, counts) {
  const total = sorted.reduce((sum, bucket) => sum + (counts[bucket] ?? 0), 0);
  let [seen, at] = [0, 0];
  while (at < sorted.length - 1 && (at === 0 || seen < total / 2)) {
    seen += counts[sorted[at] ?? 0] ?? 0;
    at += 1;
  }
  return [sorted.slice(0, at), sorted.slice(at)];
}

/**
 * Where two pictures of one size differ; one pixel, if they do not.
 *
 * @param {Uint32Array} now
 * @param {Uint32Array | null} before
 * @param {number} width
 * @returns {Area}
 */
export function changed(now, before, width) {
  const height = now.length / width;
  if (!before) return { x: 0, y: 0, width, height };
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let at = 0; at < now.length; at += 1) {
    if (now[at] === before[at]) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    bottom = y;
  }
  return right < 0
    ? { x: 0, y: 0, width: 1, height: 1 }
    : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/**
 * LZW as GIF has it: codes of 9 bits and more, in blocks of at most 255 bytes.
 *
 * @param {Uint8Array} indices
 * @param {Bytes} out
 */
export function compress(indices, out) {
  const clear = 256;
  out.push(8);
  const keys = new Int32Array(SLOTS).fill(-1);
  const values = new Uint16Array(SLOTS);
  const packed = new Bytes();
  let [size, next, bits, held] = [9, clear + 2, 0, 0];
  const emit = (/** @type {number} */ code) => {
    held |= code << bits;
    bits += size;
    for (; bits >= 8; bits -= 8) {
      packed.push(held & 255);
      held >>>= 8;
    }
  };
  emit(clear);
  let prefix = indices[0] ?? 0;
  for (let at = 1; at < indices.length; at += 1) {
    const key = (prefix << 8) | (indices[at] ?? 0);
    let slot = key % SLOTS;
    while (keys[slot] !== -1 && keys[slot] !== key) slot = (slot + 1) % SLOTS;
    if (keys[slot] === key) {
      prefix = values[slot] ?? 0;
      continue;
    }
    emit(prefix);
    if (next < CODES) {
      if (next === 1 << size && size < 12) size += 1;
      keys[slot] = key;
      values[slot] = next++;
    } else {
      emit(clear);
      keys.fill(-1);
      [size, next] = [9, clear + 2];
    }
    prefix = indices[at] ?? 0;
  }
  emit(prefix);
  if (next === 1 << size && size < 12) size += 1;
  emit(clear + 1);
  if (bits > 0) packed.push(held & 255);
  const bytes = packed.done();
  for (let from = 0; from < bytes.length; from += 255) {
    const block = bytes.subarray(from, from + 255);
    out.push(block.length);
    out.append(block);
  }
  out.push(0);
}

/** One animation: pictures of one size, one after the other. */
export class Gif {
  #out = new Bytes();
  /** @type {Uint32Array | null} */
  #before = null;

  /** @param {number} width @param {number} height */
  constructor(width, height) {
    this.width = width;
    this.#out.append(new TextEncoder().encode("GIF89a"));
    this.#out.push16(width);
    this.#out.push16(height);
    this.#out.append([0x70, 0, 0]); // no palette for all
    this.#out.append([0x21, 0xff, 11, ...new TextEncoder().encode("NETSCAPE2.0"), 3, 1, 0, 0, 0]); // again and again
  }

  /** @param {Uint32Array} pixels as they lie in an ImageData @param {number} milliseconds that it is shown */
  add(pixels, milliseconds) {
    const area = changed(pixels, this.#before, this.width);
    const { palette, index } = quantise(cropped(pixels, area, this.width));
    const indices = this.#indices(pixels, area, index);
    const out = this.#out;
    const kept = this.#before ? 1 : 0; // transparent pixels show what was there
    out.append([0x21, 0xf9, 4, 0x04 | kept]);
    out.push16(Math.max(2, Math.round(milliseconds / 10)));
    out.append([TRANSPARENT, 0, 0x2c]);
    for (const number of [area.x, area.y, area.width, area.height]) out.push16(number);
    out.push(0x87);
    out.append(palette);
    compress(indices, out);
    this.#before = pixels;
  }

  /** @param {Uint32Array} pixels @param {Area} area @param {Uint8Array} index */
  #indices(pixels, { x, y, width, height }, index) {
    const before = this.#before;
    const indices = new Uint8Array(width * height);
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1) {
        const at = (y + row) * this.width + x + column;
        const same = before !== null && before[at] === pixels[at];
        indices[row * width + column] = same ? TRANSPARENT : (index[bucketOf(pixels[at] ?? 0)] ?? 0);
      }
    }
    return indices;
  }

  done() {
    this.#out.push(0x3b);
    return this.#out.done();
  }
}

/** @param {Uint32Array} pixels @param {Area} area @param {number} across @returns {Uint32Array} */
function cropped(pixels, { x, y, width, height }, across) {
  if (width === across && y === 0 && height * across === pixels.length) return pixels;
  const found = new Uint32Array(width * height);
  for (let row = 0; row < height; row += 1) {
    const from = (y + row) * across + x;
    found.set(pixels.subarray(from, from + width), row * width);
  }
  return found;
}

/** @typedef {{ begin: { width: number, height: number } } | { pixels: ArrayBuffer, milliseconds: number } | { end: true }} Order */

if (typeof window === "undefined" && typeof self !== "undefined" && typeof self.postMessage === "function") {
  /** @type {Gif | null} */
  let gif = null;
  self.addEventListener("message", ({ data }) => {
    const order = /** @type {Order} */ (data);
    if ("begin" in order) gif = new Gif(order.begin.width, order.begin.height);
    else if ("pixels" in order) {
      gif?.add(new Uint32Array(order.pixels), order.milliseconds);
      self.postMessage({ added: true });
    } else self.postMessage({ file: gif?.done() });
  });
}
