/**
 * Deep networks are wider than the stage: how far it is moved aside.
 */

const THUMB = { height: 4, foot: 3, least: 40 };
const AIR = 90;

export function createPan() {
  let [offset, room] = [0, 0];
  let width = 0;
  let resting = false;
  return {
    offset: () => (resting ? 0 : offset),
    /** What is shown for a while is no wider than the stage. @param {boolean} rests */
    rest(rests) {
      resting = rests;
    },
    /** @param {number} content how wide everything is @param {number} view how much of it can be seen */
    fit(content, view) {
      [room, width] = [Math.max(0, Math.floor(content - view)), view];
      offset = Math.min(offset, room);
    },
    /** @param {number} by @returns {boolean} whether that has moved it */
    move(by) {
      if (resting) return false;
      const before = offset;
      offset = Math.min(room, Math.max(0, offset + by));
      return offset !== before;
    },
    /** Bring this place into view. @param {number} x */
    follow(x) {
      if (x - offset < AIR) offset = Math.max(0, x - AIR);
      else if (x - offset > width - AIR) offset = Math.min(room, x - width + AIR);
    },
    /**
     * A thumb that says where one is; null if everything can be seen.
     *
     * @param {number} height of the stage
     */
    thumb(height) {
      if (room === 0 || resting) return null;
      const length = Math.max(THUMB.least, (width * width) / (width + room));
      const x = offset + (offset / room) * (width - length);
      return { x, y: height - THUMB.height - THUMB.foot, width: length, height: THUMB.height };
    },
  };
}
