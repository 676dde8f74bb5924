/**
 * Pictures of the stage, one after the other, into a file: a GIF (written by a worker) or a WebM (by the browser's recorder).
 *
 * @import { Picture } from "../types.js"
 */

import { createImages } from "./images.js";
import { paint } from "./picture.js";
import { startWorker } from "./worker.js";

/** One picture, and for how many milliseconds it is shown. @typedef {Readonly<{ picture: Picture, milliseconds: number }>} Shot */
/**
 * @typedef {Object} Sink
 * @property {(shot: Shot) => Promise<void>} add
 * @property {() => Promise<Blob>} finish
 * @property {() => void} cancel
 */

const WEBM = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm"];
const BITS_PER_SECOND = 4_000_000;

/** Which kind of WebM this browser writes, if any. @returns {string | null} */
export function webmType() {
  if (typeof MediaRecorder === "undefined" || !("captureStream" in HTMLCanvasElement.prototype)) return null;
  return WEBM.find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
}

/**
 * @param {AsyncIterable<Shot>} shots
 * @param {"gif" | "webm"} format
 * @param {Object} how
 * @param {AbortSignal} how.signal
 * @param {(count: number) => void} how.onPicture
 * @param {() => void} how.onWriting
 * @returns {Promise<{ content: Blob, pictures: number } | null>} null if there were no pictures, or if it was cancelled
 */
export async function record(shots, format, { signal, onPicture, onWriting }) {
  /** @type {Sink | null} */
  let sink = null;
  let pictures = 0;
  try {
    for await (const shot of shots) {
      if (signal.aborted) return null;
      sink ??= format === "gif" ? gifSink(shot.picture) : webmSink(shot.picture);
      await sink.add(shot);
      onPicture(++pictures);
    }
    if (!sink || signal.aborted) return null;
    onWriting();
    return { content: await sink.finish(), pictures };
  } finally {
    sink?.cancel();
  }
}

/** @param {Picture} first @returns {Sink} */
function gifSink({ size }) {
  const [width, height] = [Math.round(size.width), Math.round(size.height)];
  const worker = startWorker("gif");
  const canvas = new OffscreenCanvas(width, height);
  const images = createImages();
  worker.postMessage({ begin: { width, height } });
  return {
    async add({ picture, milliseconds }) {
      const pixels = paint(canvas, picture, 1, images).getImageData(0, 0, width, height).data.buffer;
      // One at a time: no picture waits in a queue, so memory stays as it is.
      await answered(worker, () => worker.postMessage({ pixels, milliseconds }, [pixels]));
    },
    async finish() {
      const { file } = await answered(worker, () => worker.postMessage({ end: true }));
      return new Blob([file], { type: "image/gif" });
    },
    cancel: () => worker.terminate(),
  };
}

/** @param {Worker} worker @param {() => void} ask @returns {Promise<any>} */
function answered(worker, ask) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message || "the worker has stopped"));
    ask();
  });
}

/** The recorder's clock is the real one, so each picture is shown for as long as it lasts. @param {Picture} first @returns {Sink} */
function webmSink({ size }) {
  const canvas = document.createElement("canvas");
  canvas.width = 2 * Math.round(size.width / 2); // video encoders want even numbers
  canvas.height = 2 * Math.round(size.height / 2);
  const images = createImages();
  const stream = canvas.captureStream(0);
  const [track] = /** @type {CanvasCaptureMediaStreamTrack[]} */ (stream.getVideoTracks());
  const mimeType = webmType() ?? "video/webm";
  const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: BITS_PER_SECOND });
  /** @type {Blob[]} */
  const parts = [];
  recorder.ondataavailable = ({ data }) => void parts.push(data);
  recorder.start();
  return {
    async add({ picture, milliseconds }) {
      paint(canvas, picture, 1, images);
      track?.requestFrame();
      await new Promise((shown) => setTimeout(shown, milliseconds));
    },
    async finish() {
      track?.requestFrame();
      await new Promise((stopped) => {
        recorder.onstop = stopped;
        recorder.stop();
      });
      return new Blob(parts, { type: "video/webm" });
    },
    cancel() {
      if (recorder.state !== "inactive") recorder.stop();
      track?.stop();
    },
  };
}
