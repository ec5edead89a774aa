/** The projects that a token reaches, page by page as GitLab lists them, and a place to pick from them. */

import { html, nothing, type TemplateResult } from 'lit';
import type { GitLabInput, HttpRequest, Issue, ListedProject, Result } from '../index.js';
import { listProjectsRequest, nextProjectsRequest, readProjects } from '../index.js';
import { allowHttp, button, isNews, issueNote, networkText, note, type Used } from './components.js';
import { icon } from './icons.js';
import type { Texts } from './messages.js';
import { type Reply, send } from './send.js';
import type { View } from './view.js';

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
  keepFor(listing: () => GitLabInput | null): void {
    if (this.#asked === null) return;
    const input = listing();
    if (this.#asked.baseUrl !== input?.baseUrl || this.#asked.token !== input.token) this.forget();
  }

  /** Asks for the first page of what contains `search`. */
  start(input: GitLabInput, fetcher: typeof fetch): Promise<void> {
    this.forget();
    this.#asked = input;
    const search = this.search.trim();
    const request = listProjectsRequest({ ...input, ...(search !== '' && { search }) });
    return this.#ask(request, input, fetcher);
  }

  /** Asks for the next page. */
  async goOn(input: GitLabInput, fetcher: typeof fetch): Promise<void> {
    if (this.#next !== null) await this.#ask({ ok: true, value: this.#next, issues: [] }, input, fetcher);
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

  async #ask(request: Result<HttpRequest>, input: GitLabInput, fetcher: typeof fetch): Promise<void> {
    this.issues = request.issues.filter(isNews);
    this.failure = undefined;
    if (!request.ok) return;
    const { signal } = this.#abort;
    this.running = true;
    const reply = await send(request.value, fetcher, signal);
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

/** What GitLab could not leave out of the list, because it does not know how to: the user should. */
function deletionMark(texts: Texts, { markedForDeletion }: ListedProject): TemplateResult | typeof nothing {
  if (markedForDeletion === undefined) return nothing;
  const { on } = markedForDeletion;
  return html` <strong>${on === null ? texts.of('pick.marked') : texts.of('pick.marked_on', { date: on })}</strong>`;
}

/** The list to pick from. */
export function picker(view: View, list: ProjectList, take: (picked: ListedProject[]) => void): TemplateResult {
  const { texts, model } = view;
  const listed = new Set(
    model.repositories.flatMap((repository) => {
      const checked = repository.checkUrl();
      return checked.ok ? [checked.value.url] : [];
    }),
  );
  const found = list.found ?? [];
  const count = list.picked.size;
  return html`
    <div class="field">
      <label for="project-search">${texts.of('pick.search')}</label>
      <div class="control short">
        <input
          id="project-search"
          type="search"
          autocomplete="off"
          spellcheck="false"
          .value=${list.search}
          @input=${({ target }: Used) => {
            list.search = target.value;
          }}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            view.listProjects();
          }}
        />
        <button type="button" @click=${() => view.listProjects()}>${texts.of('pick.find')}</button>
      </div>
    </div>
    ${allowHttp(view, 'projects')}
    ${
      found.length > 0
        ? html`<fieldset class="picks" tabindex="-1" id="projects">
            <legend class="only-read">${texts.of('pick.legend')}</legend>
            ${found.map((project) => {
              const there = listed.has(project.url);
              return html`<label class="choice"
                ><input
                  type="checkbox"
                  .checked=${there || list.picked.has(project)}
                  ?disabled=${there}
                  @change=${() => {
                    if (!list.picked.delete(project)) list.picked.add(project);
                    view.update();
                  }}
                /><span><bdi>${project.path}</bdi> <span class="optional"><bdi>${there ? texts.of('pick.there') : (project.defaultBranch ?? '')}</bdi></span>${deletionMark(texts, project)}</span></label
              >`;
            })}
          </fieldset>`
        : list.found !== null && !list.running
          ? html`<p class="hint">${texts.of('pick.none')}</p>`
          : nothing
    }
    ${list.running ? html`<p class="hint note">${icon('running')}${texts.of('token.testing')}</p>` : nothing}
    ${list.failure === undefined ? nothing : note('warn', 'unknown', html`<div>${texts.of(networkText(list.failure))}</div>`)}
    ${list.issues.map((issue) => issueNote(view, issue))}
    <div class="actions">
      ${button(texts.count('pick.add', count), () => take(found.filter((project) => list.picked.has(project))), {
        icon: 'add',
        disabled: count === 0,
      })}
      ${list.more && !list.running ? button(texts.of('pick.more'), () => view.listProjects(true), { look: 'quiet' }) : nothing}
    </div>
  `;
}
