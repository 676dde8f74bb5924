/**
 * A small additive synthesiser: each note is a sum of four partials that swells and fades. Works without a network.
 *
 * @import { TuneNote } from "../wire.js"
 */

/** Amplitudes of the partials: the first is the note itself. */
const PARTIALS = [0, 1, 0.45, 0.22, 0.1];
const LOUDNESS = 0.18;
const [ATTACK, RELEASE] = [0.012, 0.09];
/** Seconds before the first note, so that it is not cut. */
const LEAD = 0.06;

/** The frequency of a MIDI number, 69 being 440 Hz. @param {number} pitch */
export function hertz(pitch) {
  return 440 * 2 ** ((pitch - 69) / 12);
}

/** Which note sounds at this time (in whole notes); -1 if none. @param {readonly TuneNote[]} notes @param {number} time */
export function soundingAt(notes, time) {
  return notes.findIndex(({ start, duration }) => time >= start && time < start + duration);
}

/**
 * Play notes.
 *
 * @param {readonly TuneNote[]} notes
 * @param {number} whole seconds that a whole note takes
 * @param {(note: number) => unknown} onNote which note sounds; -1 if none
 * @param {() => unknown} onEnd it is over, or was stopped
 * @returns {() => void} stop
 */
export function play(notes, whole, onNote, onEnd) {
  const context = new AudioContext();
  const wave = context.createPeriodicWave(new Float32Array(PARTIALS.length), Float32Array.from(PARTIALS));
  const out = new GainNode(context, { gain: LOUDNESS });
  out.connect(context.destination);
  const begin = context.currentTime + LEAD;
  for (const note of notes) if (note.pitch !== null) sound(context, wave, out, note.pitch, begin, note, whole);
  const last = notes.at(-1);
  const length = last ? last.start + last.duration : 0;
  let stopped = false;
  const stop = () => {
    if (stopped) return;
    stopped = true;
    context.close();
    onNote(-1);
    onEnd();
  };
  const look = () => {
    if (stopped) return;
    const time = (context.currentTime - begin) / whole;
    if (time >= length) return stop();
    onNote(soundingAt(notes, time));
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  return stop;
}

/**
 * @param {AudioContext} context
 * @param {PeriodicWave} wave
 * @param {AudioNode} out
 * @param {number} pitch
 * @param {number} begin
 * @param {TuneNote} note
 * @param {number} whole
 */
function sound(context, wave, out, pitch, begin, { start, duration }, whole) {
  const [from, to] = [begin + start * whole, begin + (start + duration) * whole];
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(1, from + ATTACK);
  gain.gain.setValueAtTime(1, Math.max(from + ATTACK, to - RELEASE));
  gain.gain.linearRampToValueAtTime(0, to);
  const oscillator = new OscillatorNode(context, { frequency: hertz(pitch), periodicWave: wave });
  oscillator.connect(gain).connect(out);
  oscillator.start(from);
  oscillator.stop(to);
}
