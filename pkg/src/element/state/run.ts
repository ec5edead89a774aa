/** A connection under way: the events of `connect` so far, sorted into the rows that are drawn. */

import type {
  ConnectEvent,
  ConnectOptions,
  ConnectStep,
  FailureReason,
  Plan,
  Report,
  RepositoryReport,
  StepOutcome,
} from '../../index.js';
import { connect } from '../../index.js';
import type { Recipient } from '../events.js';

/** One request and how it ended; `null` while it is under way. */
export type Trace = {
  id: number;
  to: Recipient;
  subject: Subject;
  method: string;
  url: string;
  end: number | FailureReason | null;
};

/** What is known of one repository. */
export type RepositoryState = { outcome: RepositoryReport['outcome']; status: string | null; done: boolean };

/** What a request is about: the GitLab, the provider, the space's list, or the repository of this index. */
export type Subject = 'gitlab' | 'provider' | 'space' | number;

/** One call of `connect`. */
export class Run {
  report: Report | null = null;
  /** The text of an error that is none of the plan's and none of a server's. */
  error: string | null = null;
  stopping = false;
  /** Whether it was left to another tab, which runs the same job. */
  leftToOther = false;
  /** Until the next look, in milliseconds. */
  waiting: number | null = null;
  readonly traces: Trace[] = [];
  readonly repositories: RepositoryState[];
  /** What came of creating the provider, once that is known. */
  provider: StepOutcome | null = null;
  /** Name of the provider that is created, `null` where none is. */
  readonly providerName: string | null;
  readonly #abort = new AbortController();

  /** The plan holds tokens, so only what is drawn is kept of it. */
  constructor(
    plan: Plan,
    /** What each repository is called here. */
    readonly titles: readonly string[],
    private readonly onEvent: (event: ConnectEvent) => void,
  ) {
    this.providerName = 'name' in plan.method ? plan.method.name : null;
    this.repositories = titles.map(() => ({ outcome: 'not_started', status: null, done: false }));
  }

  /** How many repositories there are, and how many are done. */
  get progress(): { done: number; count: number } {
    const done = this.repositories.filter((repository) => repository.done).length;
    return { done, count: this.repositories.length };
  }

  get ended(): boolean {
    return this.report !== null || this.error !== null || this.leftToOther;
  }

  async start(plan: Plan, options: Pick<ConnectOptions, 'fetch' | 'resume' | 'onCheckpoint'>): Promise<void> {
    try {
      this.report = await connect(plan, {
        ...options,
        signal: this.#abort.signal,
        onEvent: (event) => this.#take(event),
      });
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
    }
  }

  stop(): void {
    this.stopping = true;
    this.#abort.abort();
  }

  /** To whom the request goes that is sent now: its event came just before. */
  recipientOf(url: string): Recipient {
    return this.traces.filter((trace) => trace.url === url).at(-1)?.to ?? 'gitlab';
  }

  /** The requests about one subject. */
  about(subject: Subject): Trace[] {
    return this.traces.filter((trace) => trace.subject === subject);
  }

  #take(event: ConnectEvent): void {
    this.waiting = event.type === 'wait' ? event.ms : null;
    if (event.type === 'provider') this.provider = event.outcome;
    if (event.type === 'repository')
      this.repositories[event.repository] = { outcome: event.outcome, status: event.status, done: event.done };
    if (event.type === 'request') {
      const { id, step, repository, method, url } = event;
      this.traces.push({ id, to: recipients[step], subject: subjectOf(step, repository), method, url, end: null });
    }
    if (event.type === 'answer') this.#end(event.id, event.status);
    if (event.type === 'failure') this.#end(event.id, event.reason);
    this.onEvent(event);
  }

  #end(id: number, end: Trace['end']): void {
    const trace = this.traces.find((candidate) => candidate.id === id);
    if (trace !== undefined) trace.end = end;
  }
}

const recipients: Record<ConnectStep, Recipient> = {
  token: 'gitlab',
  project: 'gitlab',
  branch: 'gitlab',
  probe: 'gitlab',
  provider: 'torque',
  repository: 'torque',
  list: 'torque',
};

function subjectOf(step: string, repository: number | undefined): Subject {
  if (repository !== undefined) return repository;
  if (step === 'provider') return 'provider';
  return step === 'list' ? 'space' : 'gitlab';
}
