/** The projects that a token reaches, page by page as GitLab lists them. */

import type { GitLabInput, HttpRequest, Issue, ListedProject, Result } from '../../index.js';
import { listProjectsRequest, nextProjectsRequest, readProjects } from '../../index.js';
import { type Asking, askGitLab, type Reply } from './ask-gitlab.js';
import { isNews } from './topic.js';

type Means = Omit<Asking, 'signal'>;

/** One look at GitLab's list of projects. */
export class ProjectList {
  search = '';
  running = false;
  /** In GitLab's order; `null` before the first answer. */
  found: ListedProject[] | null = null;
  readonly picked = new Set<ListedProject>();
  issues: readonly Issue[] = [];
  failure: Reply['failure'] = undefined;
  /** Whether there are more than were found. */
  get more(): boolean {
    return this.#next !== null;
  }
  #asked: GitLabInput | null = null;
  #next: HttpRequest | null = null;
  #abort = new AbortController();

  /** Forgets what another token, or another GitLab, has listed. */
  forgetUnless(listing: () => GitLabInput | null): void {
    if (this.#asked === null) return;
    const input = listing();
    if (this.#asked.baseUrl !== input?.baseUrl || this.#asked.token !== input.token) this.forget();
  }

  /** Asks for the first page of what contains `search`. */
  start(input: GitLabInput, means: Means): Promise<void> {
    this.forget();
    this.#asked = input;
    const search = this.search.trim();
    const request = listProjectsRequest({ ...input, ...(search !== '' && { search }) });
    return this.#ask(request, input, means);
  }

  /** Asks for the next page. */
  async goOn(input: GitLabInput, means: Means): Promise<void> {
    if (this.#next !== null) await this.#ask({ ok: true, value: this.#next, issues: [] }, input, means);
  }

  /** Ends what is under way and forgets what was found. */
  forget(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.running = false;
    this.#asked = null;
    this.found = null;
    this.#next = null;
    this.issues = [];
    this.failure = undefined;
    this.picked.clear();
  }

  async #ask(request: Result<HttpRequest>, input: GitLabInput, means: Means): Promise<void> {
    this.issues = request.issues.filter(isNews);
    this.failure = undefined;
    if (!request.ok) return;
    const { signal } = this.#abort;
    this.running = true;
    const reply = await askGitLab(request.value, { ...means, signal });
    if (signal.aborted) return;
    this.running = false;
    this.failure = reply.failure;
    if (reply.answer === undefined) return;
    const read = readProjects(reply.answer, { baseUrl: input.baseUrl });
    const next = nextProjectsRequest({ ...input, link: reply.link, requestUrl: request.value.url });
    this.issues = [...read.issues, ...next.issues].filter(isNews);
    if (read.ok) this.found = [...(this.found ?? []), ...read.value];
    // The request holds the token, as the field does; both are forgotten together.
    this.#next = read.ok && next.ok ? next.value : null;
  }
}
