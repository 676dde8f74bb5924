/**
 * Text as few characters that may stand in an address: deflated, then base64url.
 */

/** Characters of what comes out: nobody's link holds more, and a small one may pretend to. */
const MOST = 1 << 20;

/** @param {string} text @returns {Promise<string>} */
export async function squeeze(text) {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * @param {string} code
 * @returns {Promise<string>}
 * @throws if it is damaged, or far too long when unpacked
 */
export async function unsqueeze(code) {
  const letters = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > MOST) {
      await reader.cancel();
      throw new Error(`expected at most ${MOST} characters`);
    }
  }
  return text + decoder.decode();
}
