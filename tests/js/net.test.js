import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { encode } from "@msgpack/msgpack";
import { finalReason, retryDelay } from "../../static/js/net/backoff.js";
import { parseEvent } from "../../static/js/net/events.js";
import { decodeFrame } from "../../static/js/net/frames.js";
import { messageOf, ProblemError, UnreachableError } from "../../static/js/net/problem.js";
import { createRest, queryOf } from "../../static/js/net/rest.js";
import { createSocket } from "../../static/js/net/socket.js";
import { FakeSocket, fakeTimers, METRICS, POSITION, snapshot } from "./fakes.js";

const RAW = { type: "frame", seq: 3, cursor: POSITION, mode: "paused", metrics: METRICS };

/** The bytes of a frame with these tensors, as a buffer of their own. */
function bytes(tensors, extra = {}) {
  return Uint8Array.from(encode({ ...RAW, tensors, ...extra })).buffer;
}

function float32(...values) {
  return new Uint8Array(Float32Array.from(values).buffer);
}

test("a tensor's numbers arrive, wherever in the message its bytes begin", () => {
  for (const padding of ["", "x", "xx", "xxx"]) {
    const tensor = { shape: [2], dtype: "float32", data: float32(1.5, -2), min: -2, max: 1.5 };
    const frame = decodeFrame(bytes({ [`hidden1.a${padding}`]: tensor }));

    assert.deepEqual(Float32Array.from([1.5, -2]), frame.tensors.get(`hidden1.a${padding}`)?.data);
  }
});

/** An event as it travels: its calls as columns. */
function sent(event) {
  const kinds = event.calls.map(({ index: _, node, ...common }) => ({
    ...common,
    label: common.label.replace(node, "*"),
  }));
  return JSON.stringify({
    ...event,
    calls: { kinds, kind: kinds.map((_, at) => at), node: event.calls.map(({ node }) => node) },
  });
}

/** The values behind a tensor's bytes: a code between min and max, or as they are; null: not computed. */
function numbersOf({ data, min, max }) {
  if (!(data instanceof Uint8Array)) return data && [...data];
  return [...data].map((code) => min + (code / 255) * (max - min));
}

test("the server's golden frame is read as the server meant it", () => {
  const file = (/** @type {string} */ name) => readFileSync(new URL(`../golden/${name}`, import.meta.url));
  const expected = JSON.parse(file("frame.json").toString());
  const frame = decodeFrame(Uint8Array.from(file("frame.msgpack")).buffer);

  for (const name of ["seq", "cursor", "mode", "sentence", "ran"]) assert.deepEqual(expected[name], frame[name]);
  for (const [key, { shape, first }] of Object.entries(expected.tensors)) {
    assert.deepEqual(shape, frame.tensors.get(key)?.shape, key);
    const values = numbersOf(frame.tensors.get(key));
    for (const [at, value] of (first ?? []).entries()) assert.ok(Math.abs(value - values[at]) < 1e-6, `${key} ${at}`);
    if (first === null) assert.equal(null, values, key);
  }
});

test("sequences are read as the server meant them: norms, what is computed, each step on its own scale", () => {
  const file = (/** @type {string} */ name) => readFileSync(new URL(`../golden/${name}`, import.meta.url));
  const expected = JSON.parse(file("sequence.json").toString());
  const { tensors } = decodeFrame(Uint8Array.from(file("sequence.msgpack")).buffer);
  const near = (/** @type {number} */ a, /** @type {number} */ b) => Math.abs(a - b) <= 1e-5 * Math.abs(b) + 1e-9;

  for (const [key, { shape, norm, computed, first }] of Object.entries(expected.tensors)) {
    const tensor = tensors.get(key);
    assert.deepEqual(shape, tensor?.shape, key);
    for (const [t, value] of norm.entries()) assert.ok(near(tensor?.steps?.norm[t], value), `${key} ${t}`);
    const flags = tensor?.steps?.computed;
    assert.deepEqual(computed, flags ? [...flags].map(Boolean) : computed.map(() => true), key);
    for (const [at, value] of first.entries())
      if (value !== null) assert.ok(near(tensor?.data?.[at], value), `${key} ${at}`);
  }
});

test("packed calls are whole again: the star in a label is the node", () => {
  const common = { phase: "backward", layer: "lstm", op: "sigmoid", label: "d * +", formula: "dz", kind: "vjp" };
  const event = JSON.stringify({
    type: "edited",
    calls: { kinds: [common], kind: [0, 0], node: ["lstm.f[1]", "lstm.f[0]"] },
  });

  assert.deepEqual(
    [
      { ...common, index: 0, node: "lstm.f[1]", label: "d lstm.f[1] +" },
      { ...common, index: 1, node: "lstm.f[0]", label: "d lstm.f[0] +" },
    ],
    parseEvent(event).calls,
  );
  assert.throws(() => parseEvent(event.replace("[0,0]", "[0,1]")), /expected 1 kinds of call, got number 1/);
});

test("what was not computed stays null", () => {
  const frame = decodeFrame(bytes({ loss: { shape: [], dtype: "float32", data: null, min: 0, max: 0 } }));

  assert.equal(null, frame.tensors.get("loss")?.data);
});

test("a map keeps its bytes and the limits of each unit", () => {
  const map = { shape: [1, 1, 2], dtype: "uint8", data: Uint8Array.of(0, 255), min: -1, max: 1, limits: [[-1, 1]] };
  const tensor = decodeFrame(bytes({ "hidden1.a:map": map })).tensors.get("hidden1.a:map");

  assert.deepEqual([[-1, 1]], tensor?.limits);
  assert.deepEqual([0, 255], [...(tensor?.data ?? [])]);
});

test("what is no frame is refused, and the error says what came", () => {
  assert.throws(() => decodeFrame(Uint8Array.from(encode({ type: "spam" })).buffer), /expected a frame, got "spam"/);
});

test("an unknown kind of number is refused by name", () => {
  const tensor = { shape: [1], dtype: "float16", data: new Uint8Array(2), min: 0, max: 0 };

  assert.throws(() => decodeFrame(bytes({ "output.a": tensor })), /float32 or uint8 for output.a, got "float16"/);
});

test("an unknown event fails loudly", () => {
  assert.throws(() => parseEvent('{"type":"exploded"}'), /expected an event, got "exploded"/);
});

test("retries wait anywhere below a ceiling that doubles up to ten seconds", () => {
  assert.equal(
    250,
    retryDelay(0, () => 1),
  );
  assert.equal(
    1000,
    retryDelay(2, () => 1),
  );
  assert.equal(
    10000,
    retryDelay(20, () => 1),
  );
  assert.equal(
    50,
    retryDelay(20, () => 0),
  );
});

test("after a session has ended there is nothing to retry, after a restart there is", () => {
  assert.match(finalReason(4404) ?? "", /ended/);
  assert.equal(null, finalReason(1012));
  assert.equal(null, finalReason(4408));
});

/** A fetch that answers every request with this. */
function answering(status, body, headers = {}) {
  const asked = [];
  const fetch = async (url, init) => {
    asked.push({ url, ...init });
    return new Response(body === null ? null : JSON.stringify(body), { status, headers });
  };
  return { fetch, asked };
}

test("a request carries the token and its body as JSON", async () => {
  const { fetch, asked } = answering(200, { ok: true });
  const rest = createRest({ token: () => "secret", fetch });

  assert.deepEqual({ ok: true }, await rest.patch("/sessions/s1/spec", { seed: 1 }));
  assert.equal("/api/v1/sessions/s1/spec", asked[0].url);
  assert.equal("Bearer secret", asked[0].headers.Authorization);
  assert.equal('{"seed":1}', asked[0].body);
});

test("a file has the name that the server gives it", async () => {
  const headers = { "Content-Disposition": 'attachment; filename="fruit.py"' };
  const rest = createRest({ token: () => "t", fetch: async () => new Response("print(1)", { headers }) });

  const { name, content } = await rest.file("/sessions/s1/export/numpy");

  assert.deepEqual(["fruit.py", "print(1)"], [name, await content.text()]);
});

test("a file that is refused is a problem", async () => {
  const problem = { title: "Not found", status: 404, detail: "there is no export to this" };
  const fetch = async () => new Response(JSON.stringify(problem), { status: 404 });

  await assert.rejects(createRest({ token: () => null, fetch }).file("/x"), { status: 404 });
});

test("a sentence that says what it is about is told without the name of its field", () => {
  const errors = [{ loc: ["name"], msg: 'there is a layer "output" already' }];
  const refusal = new ProblemError({ type: "/problems/spec-error", title: "Spec", status: 422, detail: "", errors });

  assert.equal('there is a layer "output" already', messageOf(refusal));
});

test("a problem document becomes an error that knows its fields", async () => {
  const problem = {
    type: "/problems/invalid-request",
    title: "Request",
    status: 422,
    detail: "It cannot be built",
    errors: [{ loc: ["seed"], msg: "too big" }],
  };
  const { fetch } = answering(422, problem);
  const rest = createRest({ token: () => null, fetch });

  await assert.rejects(rest.get("/x"), (error) => {
    assert.ok(error instanceof ProblemError);
    assert.equal(422, error.status);
    assert.deepEqual([{ loc: ["seed"], msg: "too big" }], error.fields);
    assert.equal("seed: too big", messageOf(error));
    return true;
  });
});

test("an error that is no JSON is a problem all the same", async () => {
  const fetch = async () => new Response("<html>bad gateway</html>", { status: 502, statusText: "Bad Gateway" });
  const rest = createRest({ token: () => null, fetch });

  await assert.rejects(rest.get("/x"), { status: 502 });
});

test("no answer at all is told apart from a refusal", async () => {
  const fetch = async () => {
    throw new TypeError("fetch failed");
  };

  await assert.rejects(createRest({ token: () => null, fetch }).get("/x"), UnreachableError);
});

test("a query leaves out what is not given", () => {
  assert.equal("?level=kid&index=0%2C2", queryOf({ level: "kid", index: "0,2", quantity: null }));
  assert.equal("", queryOf({ quantity: undefined }));
});

/** A socket whose connections, tickets and clock are in the test's hands. */
function harness({ ticket = async () => "t1", awake = () => true } = {}) {
  const sockets = [];
  const timers = fakeTimers();
  const painted = fakeTimers();
  const seen = { events: [], frames: [], status: [], errors: [] };
  const socket = createSocket({
    ticket,
    open: () => {
      const fresh = new FakeSocket();
      sockets.push(fresh);
      return fresh;
    },
    onEvent: (event) => seen.events.push(event),
    onFrame: (frame) => seen.frames.push(frame),
    onStatus: (status) => seen.status.push(status),
    onError: (error) => seen.errors.push(error),
    afterPaint: (callback) => painted.later(callback, 0),
    later: timers.later,
    random: () => 1,
    now: () => 0,
    awake,
  });
  return { socket, sockets, timers, painted, seen };
}

async function connected(options) {
  const world = harness(options);
  await world.socket.connect();
  world.sockets[0].open();
  world.sockets[0].receive(sent(snapshot()));
  return world;
}

test("a connection says hello and is open once the snapshot has come", async () => {
  const { sockets, seen } = await connected();

  assert.deepEqual([{ type: "hello", language: "en" }], sockets[0].sent);
  assert.equal("open", seen.status.at(-1).state);
});

test("a frame is acknowledged only after it has been painted", async () => {
  const { sockets, seen, painted } = await connected();
  sockets[0].receive(bytes({}));

  assert.equal(1, seen.frames.length);
  assert.equal(1, sockets[0].sent.length);
  painted.run();
  assert.deepEqual({ type: "ack", seq: 3 }, sockets[0].sent[1]);
});

test("a cut is said, retried after a while, and forgotten once it works again", async () => {
  const { sockets, timers, seen } = await connected();
  sockets[0].drop(1006);

  assert.equal("waiting", seen.status.at(-1).state);
  assert.equal(250, seen.status.at(-1).retryAt);
  timers.run();
  await new Promise(setImmediate);
  sockets[1].open();
  sockets[1].receive(sent(snapshot()));
  assert.equal(0, seen.status.at(-1).attempt);
});

test("an ended session is not retried", async () => {
  const { sockets, timers, seen } = await connected();
  sockets[0].drop(4404);

  assert.equal("closed", seen.status.at(-1).state);
  assert.equal(0, timers.waiting.length);
});

test("what an old connection still says is ignored", async () => {
  const { socket, sockets, seen } = await connected();
  await socket.connect();
  sockets[0].receive(sent(snapshot()));
  sockets[0].drop(1006);

  assert.equal(1, seen.events.length);
  assert.notEqual("waiting", seen.status.at(-1).state);
});

test("a hidden page does not come back by itself", async () => {
  const { sockets, timers } = await connected({ awake: () => false });
  sockets[0].drop(1006);
  timers.run();
  await new Promise(setImmediate);

  assert.equal(1, sockets.length);
});

test("a session that has gone while the page slept is final", async () => {
  const gone = new ProblemError({ title: "Not found", status: 404, detail: "" });
  const { socket, seen } = harness({
    ticket: async () => {
      throw gone;
    },
  });
  await socket.connect();

  assert.equal("closed", seen.status.at(-1).state);
});

test("a message that makes no sense is reported and the connection lives on", async () => {
  const { sockets, seen } = await connected();
  sockets[0].receive('{"type":"nonsense"}');

  assert.equal(1, seen.errors.length);
  assert.equal("open", seen.status.at(-1).state);
});

test("a command without a connection says that it was not sent", () => {
  assert.equal(false, harness().socket.send({ type: "step" }));
});
