/**
 * The driver of the whole job: it sends what the core says, waits as long as it says, and passes on what came back.
 */

import { copy } from './copy.js';
import type { Instance } from './core.js';
import { core } from './full-core.js';
import { append } from './platform.js';
import { send } from './send.js';
import type { Checkpoint, ConnectEvent, Effect, Onboarding, Plan, Report, Step } from './wasm/core.js';

/** The options of `connect`. */
export type ConnectOptions = {
  /** In place of the platform's. */
  fetch?: typeof fetch;
  /** Ends the job early; the report says how far it came. */
  signal?: AbortSignal;
  /** How many requests may be under way at once; 4 by default. */
  concurrency?: number;
  /** Receives what happens. */
  onEvent?: (event: ConnectEvent) => void;
  /**
   * Awaited before each POST, with what `resume` needs after a crash; if it fails, nothing is sent and the job ends. Awaited
   * once more at the end, with what Torque answered.
   */
  onCheckpoint?: (checkpoint: Checkpoint) => void | Promise<void>;
  /**
   * Goes on from the last checkpoint of the same plan. What Torque refused is tried again; nothing else is repeated. Tokens and
   * policy may be others.
   */
  resume?: Checkpoint;
};

/** Reports to the core what has happened. */
type Happening = (machine: Onboarding) => void;

/**
 * Checks the plan, asks GitLab about tokens and projects, creates the provider, connects the repositories and follows them
 * until they are connected. Resolves to a report whatever happens; rejects with `WasmBlockedError` alone.
 *
 * @example
 * ```ts
 * const report = await connect(plan, { onEvent: (event) => console.log(event.type) });
 * ```
 */
export async function connect(plan: Plan, options?: ConnectOptions): Promise<Report> {
  // Of its own: what stops elsewhere does not end the job, and it ends nothing else.
  const instance = core.separate();
  const callerOptions = readOptions(options);
  const [copiedPlan, copiedOptions] = [copy(plan), copy(callerOptions.copied)];
  const randomSeed = Math.floor(Math.random() * 0x1_0000_0000);
  const machine = instance.run((glue) => new glue.Onboarding(copiedPlan, copiedOptions, randomSeed, Date.now()));
  try {
    return machine === null ? lostReport() : await new Driver(machine, instance, callerOptions).run();
  } catch {
    // A signal that cannot be listened to, or something else of the page's that stands in the place of the platform's own.
    return lostReport();
  } finally {
    instance.end();
  }
}

class Driver {
  readonly #inbox = new Inbox();
  /** Ends all requests that are under way. After that the core sends none. */
  readonly #abort = new AbortController();
  readonly #onAbort = () => {
    this.#inbox.put((machine) => machine.abort(Date.now()));
    this.#abort.abort();
  };

  readonly #machine: Onboarding;
  readonly #instance: Instance<typeof import('./wasm/core.js')>;
  readonly #options: CallerOptions;

  constructor(machine: Onboarding, instance: Instance<typeof import('./wasm/core.js')>, options: CallerOptions) {
    this.#machine = machine;
    this.#instance = instance;
    this.#options = options;
  }

  async run(): Promise<Report> {
    const { signal } = this.#options;
    try {
      if (signal?.aborted) this.#onAbort();
      signal?.addEventListener('abort', this.#onAbort);
      return await this.#follow();
    } finally {
      this.#abort.abort();
      signal?.removeEventListener('abort', this.#onAbort);
    }
  }

  async #follow(): Promise<Report> {
    let happening: Happening | null = this.#inbox.next();
    for (;;) {
      const step = this.#advance(happening);
      if (step === null) return lostReport();
      for (const event of step.events) this.#report(event);
      const { effect } = step;
      if (effect.type === 'done') return effect.report;
      if (effect.type === 'send') {
        void this.#send(effect).then((came) => this.#inbox.put(came));
        happening = this.#inbox.next();
      } else if (effect.type === 'checkpoint') {
        void this.#store(effect.checkpoint).then((came) => this.#inbox.put(came));
        happening = this.#inbox.next();
      } else {
        happening = await this.#inbox.wait(effect.until);
      }
    }
  }

  #advance(happening: Happening | null): Step | null {
    return this.#instance.run(() => {
      happening?.(this.#machine);
      return this.#machine.next();
    });
  }

  #report(event: ConnectEvent): void {
    try {
      // An async listener that fails must not become an unhandled rejection.
      Promise.resolve(this.#options.onEvent?.(event)).catch(() => {});
    } catch {
      // What the listener does wrong is not the job's business.
    }
  }

  /** Without a checkpoint the next POST could not be distinguished from a repeated one. */
  async #store(checkpoint: Checkpoint): Promise<Happening> {
    try {
      await this.#options.onCheckpoint?.(checkpoint);
      const now = Date.now();
      return (machine) => machine.checkpointStored(now);
    } catch {
      this.#abort.abort();
      return (machine) => machine.abort(Date.now());
    }
  }

  async #send({ id, request, timeoutMs, mostBytes }: Extract<Effect, { type: 'send' }>): Promise<Happening> {
    const { signal } = this.#abort;
    const came = await send(this.#options.fetch, request, { header: 'Retry-After', mostBytes, timeoutMs, signal });
    const now = Date.now();
    if (typeof came === 'string') return (machine) => machine.failure(id, came === 'timeout', now);
    return (machine) => machine.answer(id, came.status, came.body, came.header ?? undefined, now);
  }
}

/** What has happened and was not yet reported. */
class Inbox {
  readonly #happenings: Happening[] = [];
  #wake: (() => void) | null = null;

  put(happening: Happening): void {
    append(this.#happenings, happening);
    this.#wake?.();
  }

  next(): Happening | null {
    return this.#happenings.shift() ?? null;
  }

  /** The next event, or the news that it is `until`. */
  async wait(until: number | null): Promise<Happening> {
    if (this.#happenings.length === 0) {
      await new Promise<void>((resolve) => {
        const timer = until === null ? undefined : setTimeout(resolve, Math.max(0, until - Date.now()));
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = null;
    }
    return this.next() ?? ((machine) => machine.time(Date.now()));
  }
}

/** The options that are for JavaScript alone, read once, and all of them for the core to look at. */
type CallerOptions = { [Key in 'fetch' | 'signal' | 'onEvent' | 'onCheckpoint']: ConnectOptions[Key] | undefined } & {
  copied: unknown;
};

function readOptions(options: ConnectOptions | undefined): CallerOptions {
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

/** The report of a core that stopped halfway: nobody knows how far it came. */
function lostReport(): Report {
  const now = Date.now();
  return {
    outcome: 'unknown',
    issues: [
      {
        code: 'input.unreadable',
        severity: 'error',
        path: [],
        message: 'The job stopped halfway. Look in Torque before you try again.',
      },
    ],
    provider: null,
    tokens: [],
    tokenVerdict: null,
    repositories: [],
    next: null,
    startedAt: now,
    finishedAt: now,
  };
}
