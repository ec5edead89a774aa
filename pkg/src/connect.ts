/**
 * The driver of the whole job: it sends what the core says, waits as long as it says, and tells it what came back.
 */

import { copyArguments } from './copy.js';
import { exchange } from './exchange.js';
import type { Checkpoint, ConnectEvent, ConnectOptions, HttpRequest, Plan, Report } from './types.js';
import { facts, Instance, type Machine } from './wasm.js';

/** What the core wants next. */
type Effect =
  | { type: 'send'; id: number; request: HttpRequest; timeoutMs: number; mostBytes: number }
  | { type: 'checkpoint'; checkpoint: Checkpoint }
  | { type: 'wait'; until: number | null }
  | { type: 'done'; report: Report };

/** What the core is told. */
type CoreEvent =
  | { type: 'answer'; id: number; status: number; body: string; retryAfter: string | null; now: number }
  | { type: 'failure'; id: number; reason: 'network' | 'timeout'; now: number }
  | { type: 'kept'; now: number }
  | { type: 'time'; now: number }
  | { type: 'abort'; now: number };

/**
 * Checks the plan, asks GitLab about tokens and projects, makes the provider, connects the repositories and follows them
 * until they are connected. Resolves to a report whatever happens; rejects with `WasmBlockedError` alone.
 */
export async function connect(plan: Plan, options?: ConnectOptions): Promise<Report> {
  // Of its own: what stops elsewhere does not end the job, and it ends nothing else.
  const instance = new Instance();
  const kept = keep(options);
  const copy = copyArguments([plan, kept.copied]);
  const start = { now: Date.now(), chance: Math.floor(Math.random() * 0x1_0000_0000) };
  const told = facts(copy, start);
  const machine = instance.run((glue) => new glue.Onboarding(copy.json, told));
  try {
    return machine === null ? lostReport() : await new Job(machine, instance, kept).work();
  } catch {
    // A signal that cannot be listened to, or something else of the page's that stands in the place of the platform's own.
    return lostReport();
  } finally {
    instance.end();
  }
}

class Job {
  readonly #inbox = new Inbox();
  readonly #underWay = new Set<AbortController>();
  readonly #onAbort = () => {
    this.#inbox.put({ type: 'abort', now: Date.now() });
    this.#abortAll();
  };

  constructor(
    private readonly machine: Machine,
    private readonly instance: Instance,
    private readonly kept: Kept,
  ) {}

  async work(): Promise<Report> {
    const { signal } = this.kept;
    try {
      if (signal?.aborted) this.#onAbort();
      signal?.addEventListener('abort', this.#onAbort);
      return await this.#follow();
    } finally {
      this.#abortAll();
      signal?.removeEventListener('abort', this.#onAbort);
    }
  }

  async #follow(): Promise<Report> {
    let event: CoreEvent | null = this.#inbox.next();
    for (;;) {
      const turn = this.#advance(event);
      if (turn === null) return lostReport();
      for (const told of turn.events) this.#tell(told);
      const { effect } = turn;
      if (effect.type === 'done') return effect.report;
      if (effect.type === 'send') {
        void this.#send(effect).then((came) => this.#inbox.put(came));
        event = this.#inbox.next();
      } else if (effect.type === 'checkpoint') {
        void this.#keep(effect.checkpoint).then((kept) => this.#inbox.put(kept));
        event = this.#inbox.next();
      } else {
        event = await this.#inbox.wait(effect.until);
      }
    }
  }

  #advance(event: CoreEvent | null): { effect: Effect; events: ConnectEvent[] } | null {
    const told = event === null ? '' : JSON.stringify(event);
    const turn = this.instance.run(() => this.machine.advance(told));
    return turn === null ? null : JSON.parse(turn);
  }

  #abortAll(): void {
    for (const controller of this.#underWay) controller.abort();
  }

  #tell(event: ConnectEvent): void {
    try {
      // An async listener that fails must not become an unhandled rejection.
      Promise.resolve(this.kept.onEvent?.(event)).catch(() => {});
    } catch {
      // What the listener does wrong is not the job's business.
    }
  }

  /** Without a checkpoint the next POST could not be told from a repeated one. */
  async #keep(checkpoint: Checkpoint): Promise<CoreEvent> {
    try {
      await this.kept.onCheckpoint?.(checkpoint);
      return { type: 'kept', now: Date.now() };
    } catch {
      this.#abortAll();
      return { type: 'abort', now: Date.now() };
    }
  }

  async #send({ id, request, timeoutMs, mostBytes }: Extract<Effect, { type: 'send' }>): Promise<CoreEvent> {
    const controller = new AbortController();
    this.#underWay.add(controller);
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      controller.abort();
    }, timeoutMs);
    try {
      const options = { header: 'Retry-After', mostBytes, signal: controller.signal };
      const { status, body, header } = await exchange(this.kept.fetch ?? globalThis.fetch, request, options);
      return { type: 'answer', id, status, body, retryAfter: header, now: Date.now() };
    } catch {
      // Unreachable, refused by CORS or the page's policy, reset: a browser does not tell which.
      return { type: 'failure', id, reason: timedOut ? 'timeout' : 'network', now: Date.now() };
    } finally {
      clearTimeout(timer);
      this.#underWay.delete(controller);
    }
  }
}

/** What has happened and was not yet told. */
class Inbox {
  readonly #events: CoreEvent[] = [];
  #wake: (() => void) | null = null;

  put(event: CoreEvent): void {
    this.#events.push(event);
    this.#wake?.();
  }

  next(): CoreEvent | null {
    return this.#events.shift() ?? null;
  }

  /** The next event, or the news that it is `until`. */
  async wait(until: number | null): Promise<CoreEvent> {
    if (this.#events.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = until === null ? undefined : setTimeout(resolve, Math.max(0, until - Date.now()));
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = null;
    }
    return this.next() ?? { type: 'time', now: Date.now() };
  }
}

/** The options that JavaScript keeps for itself, read once, and all of them for the core to look at. */
type Kept = { [Key in 'fetch' | 'signal' | 'onEvent' | 'onCheckpoint']: ConnectOptions[Key] | undefined } & {
  copied: unknown;
};

function keep(options: ConnectOptions | undefined): Kept {
  const nothing = { fetch: undefined, signal: undefined, onEvent: undefined, onCheckpoint: undefined };
  try {
    if (typeof options !== 'object' || options === null) return { ...nothing, copied: options };
    // Own keys alone: what a page gave to every object is no option.
    const copied = { ...nothing, ...options };
    const { fetch, signal, onEvent, onCheckpoint } = copied;
    return {
      fetch: typeof fetch === 'function' ? fetch : undefined,
      signal: signal instanceof AbortSignal ? signal : undefined,
      onEvent: typeof onEvent === 'function' ? onEvent : undefined,
      onCheckpoint: typeof onCheckpoint === 'function' ? onCheckpoint : undefined,
      copied,
    };
  } catch {
    // A getter that throws: the core meets it again and says so.
    return { ...nothing, copied: options };
  }
}

/** Should the core stop half-way, nobody knows how far it came. */
function lostReport(): Report {
  const now = Date.now();
  return {
    outcome: 'unknown',
    issues: [
      { code: 'input.unreadable', severity: 'error', path: [], message: 'The job stopped half-way. Look into Torque.' },
    ],
    provider: null,
    tokens: [],
    repositories: [],
    next: null,
    startedAt: now,
    finishedAt: now,
  };
}
