/** Asks GitLab about a token, and about a repository where there is one. The answers are kept and judged anew whenever the user changes what is accepted. */

import type {
  Assessment,
  HttpAnswer,
  HttpRequest,
  Issue,
  LookUp,
  ProbeInput,
  Result,
  TokenPolicy,
} from '../../index.js';
import { assessToken, inspectTokenRequest, lookUp } from '../../index.js';
import { askGitLab, type Reply } from './ask-gitlab.js';
import type { Model } from './model.js';
import type { Repository } from './repository.js';

/** What the repository's own look-up came to. */
export type Look = Result<Exclude<LookUp, { request: HttpRequest }>> | null;

/** The test of one token. */
export class TokenTest {
  running = false;
  #refused: readonly Issue[] = [];
  #reply: Reply | null = null;
  #look: Look = null;
  /** Whether the repository was looked up; `lookedUp` has the result. */
  looked = false;
  #asked = '';
  #abort: AbortController | null = null;

  constructor(
    private readonly model: Model,
    /** `null` for the provider's token. */
    readonly repository: Repository | null,
  ) {}

  /** Whether there is an answer about what is typed now; one about another token or address says nothing. */
  get done(): boolean {
    return this.#reply !== null && this.#asked === this.#question();
  }

  /** Why nothing was asked. */
  get refused(): readonly Issue[] {
    return this.#asked === this.#question() ? this.#refused : [];
  }

  /** What the answer means under what is accepted now; `null` where there was no answer. */
  assessment(): Assessment | null {
    const answer = this.#reply?.answer;
    return answer === undefined ? null : this.#assess(answer);
  }

  /** What came of asking: the verdict on the answer, or that there was none. */
  get verdict(): Assessment['verdict'] | 'unasked' {
    return this.assessment()?.verdict ?? 'unasked';
  }

  /** Why there was no answer. */
  get failure(): 'network' | 'timeout' | null {
    return this.#reply?.failure ?? null;
  }

  /** `null` where there was no answer. */
  get lookedUp(): Look {
    return this.#look;
  }

  /** Sends the questions. The caller has had the fields judged. */
  async run(fetcher: typeof fetch): Promise<void> {
    this.forget();
    const { model, repository } = this;
    const base = model.canonicalBaseUrl ?? '';
    const token = (repository ?? model).token.value;
    const gitlab = model.gitlab(base, token);
    const request = inspectTokenRequest(gitlab);
    this.#asked = this.#question();
    this.#refused = request.issues.filter((issue) => issue.severity === 'error');
    if (!request.ok) return;
    this.running = true;
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const { timeoutMs } = model;
    const ask = (asked: HttpRequest) => askGitLab(asked, { fetcher, signal, timeoutMs });
    try {
      const reply = await ask(request.value);
      if (signal.aborted) return;
      this.#reply = reply;
      if (repository === null || reply.answer === undefined) return;
      const looked = await this.#lookUp(ask, { ...gitlab, repositoryUrl: repository.url.value });
      if (signal.aborted) return;
      this.#look = looked;
      this.looked = true;
    } finally {
      if (!signal.aborted) this.running = false;
    }
  }

  /** Ends what is under way and forgets the answers. */
  forget(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.running = false;
    this.#reply = null;
    this.#look = null;
    this.looked = false;
    this.#refused = [];
    this.#asked = '';
  }

  #question(): string {
    const { model, repository } = this;
    return JSON.stringify([model.canonicalBaseUrl, repository?.url.value, (repository ?? model).token.value]);
  }

  #assess(answer: HttpAnswer): Assessment {
    const { scopes, expiry, requiredScopes } = this.model.effectivePolicy();
    const policy: TokenPolicy = {
      ...(scopes !== undefined && { scopes }),
      ...(expiry !== undefined && { expiry }),
      ...(requiredScopes !== undefined && { requiredScopes }),
    };
    return assessToken(answer, { ...policy, purpose: this.model.purpose, now: Date.now() });
  }

  async #lookUp(ask: (request: HttpRequest) => Promise<Reply>, input: ProbeInput): Promise<Look> {
    const answers: HttpAnswer[] = [];
    for (;;) {
      const step = lookUp(input, answers);
      if (!step.ok) return step;
      if (step.value.request === undefined) return { ...step, value: step.value };
      const { answer } = await ask(step.value.request);
      if (answer === undefined) return null;
      answers.push(answer);
    }
  }
}
