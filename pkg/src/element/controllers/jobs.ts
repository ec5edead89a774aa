/** The job of the form: what runs, how far it came, and which tab has it. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';

import type { Checkpoint, ConnectEvent, Plan } from '../../index.js';
import { mayStartOver } from '../../wasm/core.js';
import type { Recipient } from '../events.js';
import { type Draft, draftOf } from '../state/draft.js';
import { forgetMark, type Release, takeJob } from '../state/job.js';
import { Run } from '../state/run.js';

/** What a job needs of the form. */
type Needs = {
  /** Where entries are stored; without it no other tab can know of the job. */
  readonly storage: () => Storage | undefined;
  readonly storageKey: () => string;
  readonly draft: () => Draft;
  /** Stores the draft now. */
  readonly store: () => void;
  readonly fetch: (recipientOf: (url: string) => Recipient) => typeof globalThis.fetch;
  readonly onEvent: (event: ConnectEvent, run: Run) => void;
};

/** Runs a job, goes on with one, and hears from the tabs that have the same page open. */
export class Jobs implements ReactiveController {
  /** The one under way or the last one, `null` before the first. */
  run: Run | null = null;
  /** Of the last job, as long as it did not come to its end. */
  checkpoint: Checkpoint | null = null;
  /** An open one keeps a page out of the back/forward cache. */
  #channel: BroadcastChannel | null = null;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly needs: Needs,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.listen();
  }

  get busy(): boolean {
    return this.run !== null && !this.run.ended;
  }

  /** Does what the plan says. A checkpoint of other entries is dropped where the core allows that; what is connected stays so. */
  async work(plan: Plan, titles: readonly string[]): Promise<Run> {
    let run = await this.#once(plan, titles);
    if (run.report?.outcome === 'invalid' && this.checkpoint !== null && startsOver(plan, this.checkpoint)) {
      this.checkpoint = null;
      run = await this.#once(plan, titles);
    }
    if (run.report?.outcome === 'connected') this.checkpoint = null;
    return run;
  }

  stop(): void {
    this.run?.stop();
    this.host.requestUpdate();
  }

  forget(): void {
    this.run = null;
    this.checkpoint = null;
  }

  /** Hears from the other tabs, under the present key. */
  listen(): void {
    this.stopListening();
    this.#channel = new BroadcastChannel(this.needs.storageKey());
    this.#channel.onmessage = this.#hear;
  }

  stopListening(): void {
    this.#channel?.close();
    this.#channel = null;
  }

  /** One call of `connect`, which goes on where the last one stopped. */
  async #once(plan: Plan, titles: readonly string[]): Promise<Run> {
    const { needs } = this;
    const run = new Run(plan, titles, (event) => {
      needs.onEvent(event, run);
      this.host.requestUpdate();
    });
    this.run = run;
    const storage = needs.storage();
    const held: { release: Release | null; byOther: boolean } = { release: null, byOther: false };
    const take = async (checkpoint: Checkpoint | null) => {
      if (storage === undefined || checkpoint === null) return;
      held.release ??= await takeJob(storage, checkpoint);
      held.byOther = held.release === null;
    };
    addEventListener('beforeunload', warnBeforeUnload);
    await take(this.checkpoint);
    if (!held.byOther)
      await run.start(plan, {
        fetch: needs.fetch((url) => run.recipientOf(url)),
        ...(this.checkpoint !== null && { resume: this.checkpoint }),
        onCheckpoint: async (checkpoint) => {
          // Of a new job this comes before the first POST.
          await take(checkpoint);
          if (held.byOther) throw new Error('another tab runs this job');
          this.checkpoint = checkpoint;
          needs.store();
          this.#broadcast({ isRunning: true });
        },
      });
    run.leftToOther = held.byOther;
    await held.release?.();
    if (held.release !== null) this.#broadcast({ isRunning: false });
    removeEventListener('beforeunload', warnBeforeUnload);
    return run;
  }

  /** Informs the other tabs how far the job came, and whether this one still has it. */
  #broadcast({ isRunning }: { isRunning: boolean }): void {
    this.#channel?.postMessage([JSON.stringify(this.needs.draft()), isRunning]);
  }

  /** Another tab reports how far a job came. If this tab would resume that job, it continues from there. */
  readonly #hear = ({ data }: MessageEvent<unknown>) => {
    const storage = this.needs.storage();
    if (this.busy || storage === undefined || !Array.isArray(data)) return;
    const [text, isRunning] = data;
    const known = this.checkpoint;
    const received = draftOf(text)?.checkpoint;
    if (!received || received.plan !== known?.plan || received.startedAt !== known.startedAt) return;
    this.checkpoint = received;
    this.needs.store();
    if (isRunning === false) forgetMark(storage, received);
  };
}

function startsOver(plan: Plan, checkpoint: Checkpoint): boolean {
  const may = mayStartOver(plan, checkpoint);
  return may.ok && may.value;
}

/** The browser asks whether the user means it; while a job runs, that is wanted. */
function warnBeforeUnload(event: Event): void {
  event.preventDefault();
}
