/**
 * A file as text, whichever way its letters are written.
 */

const MOST_BYTES = 5_000_000;

/** @param {Blob} file @returns {Promise<string | null>} null: too large */
export async function textOf(file) {
  return file.size > MOST_BYTES ? null : decoded(new Uint8Array(await file.arrayBuffer()));
}

/** UTF-16 says so at its beginning; what is no UTF-8 is most likely Windows's. @param {Uint8Array} bytes @returns {string} */
export function decoded(bytes) {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
