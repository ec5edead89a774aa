/** The components that every step is made of: fields with their verdict, notes, buttons, the error summary. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Issue } from '../../index.js';
import { stripToken } from '../../index.js';
import type { Field } from '../state/field.js';
import { topicOf } from '../state/topic.js';
import type { MessageKey, Places, Stem } from '../texts/messages.js';
import { type IconName, icon } from './icons.js';
import type { View } from './view.js';

/** What comes from an input, to its own listener. */
export type Used = { target: HTMLInputElement };

/** What can be ticked: the texts that have a hint. */
type Ticked = Stem<MessageKey, '_hint'>;

type FieldOptions = {
  hint?: MessageKey | undefined;
  /** Shown when the field is judged and nothing is wrong. */
  ok?: string | TemplateResult;
  optional?: boolean;
  /** Addresses and tokens: a font with distinct letters. */
  code?: boolean;
  secret?: boolean;
  short?: boolean;
  label?: MessageKey;
  placeholder?: string;
  /** Between the input and its verdict. */
  below?: unknown;
  onPaste?: (event: ClipboardEvent) => void;
};

/**
 * A labelled input with its hint above and its verdict below.
 *
 * What is asked is about servers, never about the user, so nothing can be filled in (`autocomplete="off"`). Browsers ignore that for a
 * password and fill in the user's own, which `new-password` prevents.
 */
export function textField(view: View, field: Field, options: FieldOptions = {}): TemplateResult {
  const { texts } = view;
  const label = texts.of(options.label ?? field.label);
  const hint =
    options.hint === undefined
      ? nothing
      : html`<p class="hint" part="hint" id="${field.id}-hint">${texts.of(options.hint)}</p>`;
  const notes = verdict(view, field, options);
  const described = [...(options.hint === undefined ? [] : [`${field.id}-hint`]), ...notes.map(({ id }) => id)];
  return html`
    <div class="field ${field.wrong ? 'wrong' : ''}" part="field">
      <label for=${field.id} part="label">${label} ${options.optional ? html`<span class="optional">(${texts.of('optional')})</span>` : nothing}</label>
      ${hint}
      <div class="control ${options.short ? 'short' : ''}">
        <input
          id=${field.id}
          part="input"
          class=${options.code || options.secret ? 'code' : ''}
          type=${options.secret && !field.shown ? 'password' : 'text'}
          autocomplete=${options.secret ? 'new-password' : 'off'}
          autocapitalize="off"
          autocorrect="off"
          spellcheck="false"
          inputmode=${options.code ? 'url' : nothing}
          dir=${options.code || options.secret ? 'ltr' : 'auto'}
          placeholder=${options.placeholder ?? nothing}
          aria-describedby=${described.length === 0 ? nothing : described.join(' ')}
          aria-invalid=${field.wrong ? 'true' : nothing}
          aria-required=${options.optional ? nothing : 'true'}
          .value=${field.value}
          @input=${({ target }: Used) => {
            field.type(target.value);
            view.typed();
          }}
          @blur=${() => leave(view, field, label)}
          @paste=${options.onPaste ?? nothing}
        />
        ${options.secret ? toggle(view, field, label) : nothing}
      </div>
      ${options.below ?? nothing}
      <div class="verdict" part="verdict" id="${field.id}-verdict">${notes.map(({ note }) => note)}</div>
    </div>
  `;
}

function leave(view: View, field: Field, label: string): void {
  field.leave();
  view.settle(field);
  const first = field.issues?.[0];
  const stillTrue = () => field.issues?.[0]?.code === first?.code;
  if (first !== undefined) view.announce(`${label}: ${view.texts.issue(first)}`, stillTrue);
}

function toggle(view: View, field: Field, label: string): TemplateResult {
  const { texts } = view;
  return html`<button
    type="button"
    aria-label=${texts.of(field.shown ? 'action.hide_secret' : 'action.show_secret', { label })}
    aria-controls=${field.id}
    @click=${() => {
      field.shown = !field.shown;
      view.announce(texts.of(field.shown ? 'action.secret_shown' : 'action.secret_hidden', { label }));
      view.update();
    }}
  >${icon(field.shown ? 'hide' : 'show')}<span>${texts.of(field.shown ? 'action.hide' : 'action.show')}</span></button>`;
}

/** The notes about what was typed, each with the id of its text: buttons in it are no part of the description of the input. */
function verdict(view: View, field: Field, { ok, secret }: FieldOptions): { id: string; note: TemplateResult }[] {
  if (field.issues === null) return [];
  const idOf = (place: number | string) => `${field.id}-verdict-${place}`;
  const errorsFirst = [...field.issues].sort((one, other) => one.severity.localeCompare(other.severity));
  const notes = errorsFirst.map((issue, place) => ({
    id: idOf(place),
    note: issueNote(view, issue, {
      id: idOf(place),
      use: (suggestion) => take(view, field, suggestion),
      ...(topicOf(issue) === 'token_text' &&
        stripped(field) !== field.value && {
          ways: [{ text: view.texts.of('action.strip_token'), go: () => take(view, field, stripped(field)) }],
        }),
    }),
  }));
  if (field.wrong || field.value.trim() === '') return notes;
  // Of a secret the text alone says too little for that.
  const right = ok ?? (secret || notes.length > 0 ? '' : view.texts.of('verdict.ok'));
  if (right === '') return notes;
  const id = idOf('ok');
  return [{ id, note: note('good', 'ok', html`<div id=${id}>${right}</div>`) }, ...notes];
}

function stripped({ value }: Field): string {
  const result = stripToken(value);
  return result.ok ? result.value.token : value;
}

function take(view: View, field: Field, suggestion: string): void {
  field.put(suggestion);
  view.settle(field);
  view.announce(view.texts.of('verdict.ok'));
  view.focus(field.id);
}

/** A text about addresses. Each is set apart, or the slash at its end changes sides in a text from right to left. */
export function aboutAddresses({ texts }: View, key: MessageKey, places: Places): TemplateResult {
  // Every second part is the name of a place.
  const parts = texts.of(key).split(/\{(\w+)\}/);
  return html`<bdi>${parts.map((part, index) => (index % 2 === 0 ? part : html`<bdi>${places[part]}</bdi>`))}</bdi>`;
}

/** A line with an icon. */
export function note(kind: 'good' | 'warn' | 'bad', name: IconName, content: TemplateResult): TemplateResult {
  return html`<div class="note ${kind}" part="note">${icon(name)}${content}</div>`;
}

/** What can be done about an issue at the place where it is shown. */
export type NoteOptions = {
  /** Of its text, for what it describes. */
  id?: string;
  /** In front of the text: where it is, if that is not plain. */
  place?: string;
  /** Takes the suggestion. */
  use?: ((suggestion: string) => void) | undefined;
  /** Other ways out. */
  ways?: readonly { text: string; go: () => void }[];
};

/** An issue with its suggestion and the ways out, which are buttons. A word says to screen readers what the icon shows. */
export function issueNote(
  view: View,
  issue: Issue,
  { id, place = '', use, ways = [] }: NoteOptions = {},
): TemplateResult {
  const bad = issue.severity === 'error';
  const { suggestion } = issue;
  return note(
    bad ? 'bad' : 'warn',
    bad ? 'failed' : 'warning',
    html`<div>
      <div id=${id ?? nothing}><span class="only-read">${view.texts.of(bad ? 'note.error' : 'note.warning')}: </span><bdi>${place}${view.texts.issue(issue)}</bdi></div>
      ${suggestion === undefined || use === undefined ? nothing : acceptButton(view, suggestion, () => use(suggestion))}
      ${ways.map(({ text, go }) => suggestionButton(html`<span>${text}</span>`, go))}
    </div>`,
  );
}

/** A button that takes what is suggested. */
export function acceptButton({ texts }: View, suggestion: string, go: () => void): TemplateResult {
  return suggestionButton(html`<span>${texts.of('action.use')}</span><code><bdi>${suggestion}</bdi></code>`, go);
}

function suggestionButton(content: unknown, go: () => void): TemplateResult {
  return html`<button type="button" class="suggestion" part="suggestion" @click=${go}>${content}</button>`;
}

/** A box that states something. */
export function callout(text: string): TemplateResult {
  return html`<p class="callout" part="callout">${icon('info')}<bdi>${text}</bdi></p>`;
}

/** The heading of a step; it takes the focus when the step is shown. */
export function heading({ level }: View, title: string, lead: unknown): TemplateResult {
  return html`<div class="heading"><h2 id="heading" part="heading" aria-level=${level} tabindex="-1">${title}</h2><p class="lead" part="lead">${lead}</p></div>`;
}

/** A heading inside a step. */
export function subheading({ level }: View, title: string): TemplateResult {
  return html`<h3 part="subheading" aria-level=${level + 1}>${title}</h3>`;
}

/** All that was wrong when the user wanted to go on, with a link to each field. The box takes the focus; the alert is inside it, so that it is not read twice. */
export function summary(view: View): unknown {
  const { mistakes, texts } = view;
  if (mistakes.length === 0) return nothing;
  return html`<div class="summary" id="summary" part="summary" tabindex="-1">
    <div role="alert">
      ${subheading(view, texts.count('error.count', mistakes.length))}
      <ul>${mistakes.map(({ id, text }) =>
        id === null
          ? html`<li><bdi>${text(texts)}</bdi></li>`
          : html`<li><a href="#${id}" @click=${(event: Event) => {
              event.preventDefault();
              view.focus(id);
            }}><bdi>${text(texts)}</bdi></a></li>`,
      )}</ul>
    </div>
  </div>`;
}

/** The second click of a double click was meant for what the first one has replaced. */
export function onlyOnce(event: MouseEvent): void {
  if (event.detail < 2) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** The button that goes forward. */
function forwardButton(view: View, text: MessageKey): TemplateResult {
  return html`<button type="submit" class="button primary" part="button primary" @click=${onlyOnce}>${view.texts.of(text)}${icon('arrow')}</button>`;
}

type ButtonOptions = {
  icon?: IconName;
  look?: 'primary' | 'quiet' | 'quiet small' | 'small';
  id?: string;
  /** Its name, where the text says too little. */
  label?: string;
  /** It can be reached and does nothing. */
  disabled?: boolean;
};

/** A button that does something here. */
export function button(
  text: unknown,
  go: (event: MouseEvent) => void,
  { icon: drawn, look, id, label, disabled = false }: ButtonOptions = {},
): TemplateResult {
  return html`<button
    type="button"
    class="button ${look ?? ''}"
    part=${look === 'primary' ? 'button primary' : 'button'}
    id=${id ?? nothing}
    aria-label=${label ?? nothing}
    aria-disabled=${disabled ? 'true' : nothing}
    @click=${(event: MouseEvent) => {
      if (!disabled) go(event);
    }}
  >${drawn === undefined ? nothing : icon(drawn)}${text}</button>`;
}

/** Back and forward: from the last step before it, to the job itself. */
function actions(view: View): TemplateResult {
  const { steps } = view.model;
  const place = steps.indexOf(view.step);
  return html`<div class="actions" part="actions">
    ${forwardButton(view, steps[place + 1] === 'connect' ? 'action.connect' : 'action.continue')}
    ${place === 0 ? nothing : button(view.texts.of('action.back'), view.goBack, { icon: 'back', look: 'quiet' })}
  </div>`;
}

/** That entries came back. */
function restored(view: View): unknown {
  const { restored } = view.model;
  if (restored === null) return nothing;
  return html`<div class="callout" part="restored">${icon('info')}<div>${view.texts.of(`restored.${restored}`)}
    ${restored === 'unreadable' ? nothing : suggestionButton(view.texts.of('restored.anew'), view.startAnew)}</div></div>`;
}

/** A step whose fields must be right before the next one. */
export function stepForm(view: View, content: unknown): TemplateResult {
  return html`<form novalidate autocomplete="off" @submit=${(event: Event) => {
    event.preventDefault();
    view.goOn();
  }}>${restored(view)}${content}<slot name=${view.step}></slot>${actions(view)}</form>`;
}

/** Copies a text that holds no secret. */
export function copyButton(view: View, text: string): TemplateResult {
  const done = view.copied === text;
  return button(view.texts.of(done ? 'action.copied' : 'action.copy'), () => view.copy(text), {
    icon: done ? 'check' : 'copy',
    look: 'small',
  });
}

/** A checkbox; its hint is the text of the same key with `_hint`. */
export function checkbox(
  view: View,
  id: string,
  checked: boolean,
  label: Ticked,
  change: (checked: boolean) => void,
  hint: MessageKey = `${label}_hint`,
): TemplateResult {
  return html`<div class="close tight">
    <label class="choice" part="choice"><input type="checkbox" id=${id} aria-describedby="${id}-hint" .checked=${checked} @change=${({
      target,
    }: Used) => {
      change(target.checked);
      view.update();
    }}/><span>${view.texts.of(label)}</span></label>
    <p class="hint" part="hint" id="${id}-hint">${view.texts.of(hint)}</p>
  </div>`;
}

/** Where a token would cross the network readable, the user must want that before GitLab is asked. */
export function allowHttp(view: View, id: string): unknown {
  const { model } = view;
  if (!model.asksForHttp) return nothing;
  return checkbox(view, `${id}-allow-http`, model.allowHttp, 'token.http', (checked) => {
    model.allowHttp = checked;
  });
}
