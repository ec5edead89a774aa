/** Many repositories at once: a list that is typed, pasted, dropped or chosen as a file. */

import { html, nothing, type TemplateResult } from 'lit';

import { readPlanLines } from '../index.js';
import type { PlanRepository } from '../types.js';
import { button, issueNote } from './parts.js';
import { icon } from './pictures.js';
import type { View } from './view.js';

/** The list before its repositories are added. */
export class Lines {
  text = '';
  /** Where the text comes from. What was in a file is not shown: it may hold tokens. */
  file: string | null = null;

  take(text: string, file: string | null = null): void {
    this.text = text;
    this.file = file;
  }

  read({ model }: View) {
    const base = model.canonicalBaseUrl;
    return readPlanLines(this.text, { purpose: model.purpose, ...(base !== null && { baseUrl: base }) });
  }
}

/** As many issues as one reads; the others are told by their number. */
const shown = 5;

export function linesPanel(view: View, lines: Lines, add: (good: PlanRepository[]) => void): TemplateResult {
  const { texts } = view;
  const read = lines.read(view);
  const good = read.ok ? read.value : read.good;
  const issues = lines.text.trim() === '' ? [] : read.issues.filter((issue) => issue.severity === 'error');
  const choose = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file === undefined) return;
    file.text().then(
      (text) => {
        lines.take(text, file.name);
        view.announce(summaryOf(view, lines));
      },
      () => view.announce(texts.of('lines.unreadable')),
    );
  };
  return html`
    <div
      class="field"
      @dragover=${(event: DragEvent) => event.preventDefault()}
      @drop=${(event: DragEvent) => {
        if (event.dataTransfer?.files.length === 0) return;
        event.preventDefault();
        choose(event.dataTransfer?.files);
      }}
    >
      <label for="lines">${texts.of('lines.label')}</label>
      <p class="hint" id="lines-hint">${texts.of('lines.hint')}</p>
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
                aria-describedby="lines-hint lines-verdict"
                .value=${lines.text}
                @input=${(event: InputEvent) => {
                  if (event.target instanceof HTMLTextAreaElement) lines.take(event.target.value);
                  view.update();
                }}
              ></textarea>`
            : html`<input id="lines" class="code" part="input" readonly aria-describedby="lines-hint lines-verdict" .value=${lines.file} />
              <button type="button" @click=${() => {
                lines.take('');
                view.focus('lines');
              }}>${texts.of('repositories.remove')}</button>`
        }
      </div>
      <div class="verdict" id="lines-verdict">
        ${good.length > 0 ? html`<div class="note good">${icon('ok')}<div>${texts.count('lines.good', good.length)}</div></div>` : nothing}
        ${issues.slice(0, shown).map((issue) => issueNote(view, issue, { place: placeOf(view, issue.params) }))}
        ${issues.length > shown ? html`<p class="hint">${texts.of('lines.more', { count: issues.length - shown })}</p>` : nothing}
      </div>
    </div>
    <div class="actions">
      ${button(texts.count('lines.add', good.length), () => add(good), { icon: 'add', disabled: good.length === 0 })}
      <label class="button quiet" part="button"
        >${texts.of('lines.file')}<input
          type="file"
          id="lines-file"
          class="only-read"
          accept=".csv,.tsv,.txt,text/csv,text/plain"
          @change=${(event: Event) => {
            if (!(event.target instanceof HTMLInputElement)) return;
            choose(event.target.files);
            // So that the same file can be chosen again when it is mended.
            event.target.value = '';
          }}
      /></label>
    </div>
  `;
}

/** What the list holds, in a sentence. */
function summaryOf(view: View, lines: Lines): string {
  const read = lines.read(view);
  const bad = read.issues.filter((issue) => issue.severity === 'error').length;
  const good = view.texts.count('lines.good', (read.ok ? read.value : read.good).length);
  return bad === 0 ? good : `${good} ${view.texts.of('lines.bad', { count: bad })}`;
}

function placeOf({ texts }: View, { line }: Record<string, string | number> = {}): string {
  return line === undefined ? '' : texts.of('lines.line', { line });
}
