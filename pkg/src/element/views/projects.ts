/** A place to pick from the projects that a token reaches. */

import { html, nothing, type TemplateResult } from 'lit';
import type { ListedProject } from '../../index.js';
import type { ProjectList } from '../state/project-list.js';
import { networkText, type Texts } from '../texts/messages.js';
import { allowHttp, button, issueNote, note, type Used } from './components.js';
import { icon } from './icons.js';
import type { View } from './view.js';

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
    <div class="field" part="field">
      <label for="project-search" part="label">${texts.of('pick.search')}</label>
      <div class="control short">
        <input
          id="project-search"
          part="input"
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
        <button type="button" part="button" @click=${() => view.listProjects()}>${texts.of('pick.find')}</button>
      </div>
    </div>
    ${allowHttp(view, 'projects')}
    ${
      found.length > 0
        ? html`<fieldset class="picks" tabindex="-1" id="projects">
            <legend class="only-read">${texts.of('pick.legend')}</legend>
            ${found.map((project) => {
              const there = listed.has(project.url);
              return html`<label class="choice" part="choice"
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
          ? html`<p class="hint" part="hint">${texts.of('pick.none')}</p>`
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
