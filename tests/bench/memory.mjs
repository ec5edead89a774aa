// Prints what the wasm and this process hold at their peak and after the work: a list, typing, or one job after the other.

const [work, amount] = [process.argv[2], Number(process.argv[3])];

/** The memories of the instances that still live; an instance that was given back is collected with its memory. */
const living = new Set();
const collected = new FinalizationRegistry((reference) => living.delete(reference));
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(module, imports) {
    super(module, imports);
    const reference = new WeakRef(this.exports.memory);
    living.add(reference);
    collected.register(this.exports.memory, reference);
  }
};
const wasmBytes = () => [...living].reduce((sum, reference) => sum + (reference.deref()?.buffer.byteLength ?? 0), 0);

const api = await import('torque-gitlab-connect');
const { fresh, LIST_BASE, list } = await import('./workload.mjs');

/** What is held once everything unused was collected; finalizers run in a turn of their own. */
async function held() {
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc();
    await new Promise((next) => setImmediate(next));
  }
  return { wasm: wasmBytes(), process: process.memoryUsage().rss };
}

const WORK = {
  /** The list is there before; what is measured is what the check adds. */
  list() {
    const urls = fresh(list(amount));
    return () => api.checkRepositoryUrls(LIST_BASE, urls).inside;
  },
  /** Letters of a URL, base and repository checked at each. */
  typing() {
    const [text] = list(1);
    return () => {
      for (let letter = 0; letter < amount; letter += 1) {
        const typed = text.slice(0, letter % (text.length + 1));
        api.checkBaseUrl(typed);
        api.checkRepositoryUrl(LIST_BASE, typed);
      }
    };
  },
  /** Jobs of four repositories, one after the other. */
  jobs() {
    const repositories = list(4).map((url, index) => ({ url: url.replace(/\.git$/, ''), name: `r${index}` }));
    const listed = repositories.map(({ url, name }) => ({ name, repository_url: url, status: 'Connected' }));
    const method = { kind: 'provider', name: 'p', baseUrl: LIST_BASE, token: 'glpat-0123456789abcdefghij' };
    const policy = { inspect: false, pollMs: 1 };
    const plan = { portalUrl: 'https://portal.qtorque.io', space: 's', method, repositories, policy };
    const fetch = async (_, { method }) => Response.json(method === 'GET' ? listed : 'id');
    return async () => {
      for (let job = 0; job < amount; job += 1) await api.connect(plan, { fetch });
    };
  },
};

const run = WORK[work]();
api.checkBaseUrl(LIST_BASE);
const before = await held();
await run();
const peak = { wasm: wasmBytes(), process: process.resourceUsage().maxRSS * 1_024 };
console.log(JSON.stringify({ before, peak, after: await held() }));
