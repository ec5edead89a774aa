// Time for a test that must not wait: it stands still while requests are under way and leaps to the next timer when none is.

import http from 'node:http';

const { setImmediate } = globalThis;

/** Takes over the clock and the timers of this process until the test ends. Give `connect` its `fetch`. */
export function startClock(context) {
  const real = { now: Date.now, setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  let now = Date.now();
  let underWay = 0;
  let last = 0;
  let running = true;
  const timers = new Map();
  Date.now = () => now;
  globalThis.setTimeout = (run, milliseconds = 0) => {
    last += 1;
    timers.set(last, { at: now + milliseconds, run });
    return last;
  };
  globalThis.clearTimeout = (id) => timers.delete(id);
  context.after(() => {
    running = false;
    Date.now = real.now;
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
  });

  // What is ready to go on has gone on when this is called.
  const leap = () => {
    if (!running) return;
    if (underWay === 0 && timers.size > 0) {
      const [id, { at, run }] = [...timers].reduce((first, next) => (next[1].at < first[1].at ? next : first));
      timers.delete(id);
      now = Math.max(now, at);
      run();
    }
    setImmediate(leap);
  };
  setImmediate(leap);

  return {
    /** Real HTTP. The platform's `fetch` has timers of its own, which must not leap. */
    async fetch(url, request) {
      underWay += 1;
      try {
        return await exchange(url, request);
      } finally {
        underWay -= 1;
      }
    },
  };
}

const agent = new http.Agent({ keepAlive: true });

function exchange(url, { method, headers, body, signal }) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, signal, agent }, async (answer) => {
      try {
        const text = Buffer.concat(await answer.toArray()).toString();
        const wait = answer.headers['retry-after'];
        resolve(new Response(text, { status: answer.statusCode, headers: wait ? { 'Retry-After': wait } : {} }));
      } catch (error) {
        reject(error);
      }
    });
    request.once('error', reject);
    request.end(body);
  });
}
