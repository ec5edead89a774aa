/** The list of repositories that is typed, pasted, dropped or chosen as a file. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Correction, PlanRepository } from '../../index.js';
import { type Lines, repositoriesOf } from '../state/lines.js';
import { button, issueNote, note, type Used } from './components.js';
import type { View } from './view.js';

/** As many issues as one reads; the others are counted. */
const shown = 5;

export function linesPanel(view: View, lines: Lines, add: (repositories: PlanRepository[]) => void): TemplateResult {
  const { texts } = view;
  const read = lines.read(view.model);
  const repositories = repositoriesOf(read);
  const issues = lines.empty ? [] : read.issues.filter((issue) => issue.severity === 'error');
  const { corrections } = read;
  const errors = issues.slice(0, shown);
  // Buttons are no part of the description.
  const described = ['lines-hint', 'lines-count', ...errors.map((_, place) => `lines-error-${place}`)].join(' ');
  const correct = (some: readonly Correction[]) => {
    lines.correct(some);
    view.announce(summaryOf(view, lines));
    view.focus('lines');
  };
  const choose = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file === undefined) return;
    file
      .arrayBuffer()
      .then((bytes) => {
        lines.take(new TextDecoder('utf-8', { fatal: true }).decode(bytes), file.name);
        view.announce(summaryOf(view, lines));
      })
      .catch(() => {
        lines.unreadable = true;
        view.announce(texts.of('lines.unreadable'));
      });
  };
  return html`
    <div
      class="field"
      part="field"
      @dragover=${(event: DragEvent) => event.preventDefault()}
      @drop=${(event: DragEvent) => {
        if (event.dataTransfer?.files.length === 0) return;
        event.preventDefault();
        choose(event.dataTransfer?.files);
      }}
    >
      <label for="lines" part="label">${texts.of('lines.label')}</label>
      <p class="hint" part="hint" id="lines-hint">${texts.of('lines.hint')}</p>
      <div class="control">
        ${
          lines.file === null
            ? html`<textarea
                id="lines"
                class="code"
                part="input"
                rows="5"
                dir="ltr"
                autocomplete="off"
                spellcheck="false"
                aria-describedby=${described}
                .value=${lines.text}
                @input=${({ target }: { target: HTMLTextAreaElement }) => {
                  lines.take(target.value);
                  view.update();
                }}
              ></textarea>`
            : html`<input id="lines" class="code" part="input" readonly aria-describedby=${described} .value=${lines.file} />`
        }
      </div>
      <div class="verdict" part="verdict" id="lines-verdict">
        <div id="lines-count">
          ${lines.unreadable ? note('bad', 'failed', html`<div>${texts.of('lines.unreadable')}</div>`) : nothing}
          ${repositories.length > 0 ? note('good', 'ok', html`<div>${texts.count('lines.good', repositories.length)}</div>`) : nothing}
        </div>
        ${errors.map((issue, place) => {
          const { params: { line } = {} } = issue;
          const correction = corrections.find((one) => one.line === line);
          return issueNote(view, issue, {
            id: `lines-error-${place}`,
            place: placeOf(view, issue.params),
            use: correction && (() => correct([correction])),
          });
        })}
        ${issues.length > shown ? html`<p class="hint" part="hint">${texts.count('lines.more', read.errors - shown)}</p>` : nothing}
      </div>
    </div>
    <div class="actions">
      ${corrections.length < 2 ? nothing : button(texts.count('lines.correct', corrections.length), () => correct(corrections))}
      ${button(texts.count('lines.add', repositories.length), () => add(repositories), {
        icon: 'add',
        disabled: repositories.length === 0,
      })}
      <label class="button quiet" part="button"
        >${texts.of('lines.file')}<input
          type="file"
          id="lines-file"
          class="only-read"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          @change=${({ target }: Used) => {
            choose(target.files);
            // So that the same file can be chosen again after it was edited.
            target.value = '';
          }}
      /></label>
      ${
        lines.empty
          ? nothing
          : button(
              texts.of('lines.empty'),
              () => {
                lines.take('');
                view.focus('lines');
              },
              { icon: 'remove', look: 'quiet' },
            )
      }
    </div>
  `;
}

/** How many rows are valid and how many have errors, in a sentence. */
function summaryOf(view: View, lines: Lines): string {
  const read = lines.read(view.model);
  const valid = view.texts.count('lines.good', repositoriesOf(read).length);
  return read.ok ? valid : `${valid} ${view.texts.count('lines.bad', read.errors)}`;
}

function placeOf({ texts }: View, { line }: Record<string, string | number> = {}): string {
  return line === undefined ? '' : texts.of('lines.line', { line });
}
