/** The last step: what happens with each part of the plan, and how it ended. */

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Issue, Report } from '../../../index.js';
import { reportToCsv } from '../../../index.js';
import type { Run, Subject, Trace } from '../../state/run.js';
import { isNews } from '../../state/topic.js';
import type { MessageKey } from '../../texts/messages.js';
import { button, checkbox, heading, issueNote, type NoteOptions, note, onlyOnce, subheading } from '../components.js';
import { type IconName, icon } from '../icons.js';
import { pageOf } from '../pager.js';
import type { View } from '../view.js';

type Row = {
  state: 'pending' | 'running' | 'done' | 'warning' | 'failed' | 'unknown';
  name: string;
  word: string;
  issues: readonly Issue[];
};

export function connectStep(view: View): unknown {
  const { run } = view;
  if (run === null) return nothing;
  return html`<div class="stack">
    ${run.ended ? outcome(view, run) : underWay(view, run)}
    ${list(view, run)}
    ${run.traces.length === 0 ? nothing : log(view, run)} ${run.ended ? ending(view, run) : stopButton(view, run)}
    <slot name="connect"></slot>
  </div>`;
}

/** Many scroll in a box of their own, so that what comes after them stays in reach. */
function list(view: View, run: Run): TemplateResult {
  const { texts } = view;
  const { shown, pager } = pageOf(view, 'rows', run.ended ? byCalm(view, run) : rowsOf(view, run));
  // The same sentence in many rows is shown once, above them.
  const waited = run.report?.repositories.filter(({ issues }) => issues.some(isNotStarted)).length ?? 0;
  const once = waited > 1;
  const rows = repeat(
    shown,
    ({ item }) => item.key,
    ({ item }) => {
      const row = item.row();
      return drawn(view, once ? { ...row, issues: row.issues.filter((issue) => !isNotStarted(issue)) } : row);
    },
  );
  return html`${once ? html`<p class="hint">${texts.count('connect.not_started', waited)}</p>` : nothing}
    ${
      shown.length <= 10
        ? html`<ol class="rows">${rows}</ol>`
        : html`<ol class="rows many" tabindex="0" aria-label=${texts.of('step.repositories')}>${rows}</ol>`
    }
    ${pager}`;
}

/** What is shown of a repository whose turn did not come. */
function isNotStarted({ code }: Issue): boolean {
  return code === 'plan.not_started';
}

function underWay(view: View, run: Run): TemplateResult {
  const { texts } = view;
  const { done, count } = run.progress;
  const text = count === 0 ? texts.of('state.running') : texts.of('connect.progress', { done, count });
  return html`${heading(view, texts.of('connect.heading'), texts.of('connect.lead'))}
    <div class="progress" part="progress">
      <progress max=${Math.max(count, 1)} .value=${done} aria-label=${texts.of('connect.heading')}></progress>
      <p class="hint">${text} ${run.waiting === null ? '' : texts.of('connect.waiting', { seconds: Math.ceil(run.waiting / 1000) })}</p>
    </div>`;
}

function stopButton(view: View, run: Run): TemplateResult {
  return html`<div class="actions">
    ${button(
      view.texts.of(run.stopping ? 'connect.pausing' : 'connect.pause'),
      (event) => {
        onlyOnce(event);
        if (!event.defaultPrevented) view.stop();
      },
      { disabled: run.stopping },
    )}
  </div>`;
}

const outcomeIcons: Record<Report['outcome'], { name: IconName; kind: 'good' | 'warn' | 'bad' }> = {
  connected: { name: 'ok', kind: 'good' },
  partial: { name: 'warning', kind: 'warn' },
  failed: { name: 'failed', kind: 'bad' },
  unknown: { name: 'unknown', kind: 'warn' },
  aborted: { name: 'pause', kind: 'warn' },
  invalid: { name: 'failed', kind: 'bad' },
};

function outcome(view: View, run: Run): TemplateResult {
  const { texts } = view;
  const ended = run.report?.outcome ?? 'failed';
  const { name, kind } = outcomeIcons[ended];
  if (run.leftToOther)
    return html`<div class="outcome warn" part="outcome">${icon('pause')}${heading(view, texts.of('result.elsewhere'), texts.of('result.elsewhere_lead'))}</div>`;
  const lead =
    ended === 'connected' && run.repositories.length === 0
      ? 'result.connected_provider'
      : (`result.${ended}_lead` as const);
  return html`<div class="outcome ${kind}" part="outcome">${icon(name)}${heading(view, texts.of(`result.${ended}`), texts.of(lead))}</div>
    ${run.error === null ? nothing : note('bad', 'failed', html`<div>${texts.of('connect.unexpected', { message: run.error })}</div>`)}
    ${run.report?.issues.filter(isNews).map((issue) => issueNote(view, issue, { ways: waysOut(view, issue) }))}`;
}

/** A row that is made when it is drawn. */
type LazyRow = { key: Subject; row: () => Row };

/** In the order in which things are done. */
function rowsOf(view: View, run: Run): LazyRow[] {
  const { providerName } = run;
  const asked = run.about('gitlab').length > 0 || run.report?.tokens.some((token) => token.issues.length > 0);
  const gitlab: LazyRow[] = asked ? [{ key: 'gitlab', row: () => gitlabRow(view, run) }] : [];
  const provider: LazyRow[] =
    providerName === null ? [] : [{ key: 'provider', row: () => providerRow(view, run, providerName) }];
  const repositories = run.titles.map((_, key) => ({ key, row: () => repositoryRow(view, run, key) }));
  return [...gitlab, ...provider, ...repositories];
}

/** Once it is over, first those repositories that did not go well. */
function byCalm(view: View, run: Run): LazyRow[] {
  const reports = new Map(run.report?.repositories.map((report) => [report.index, report.outcome]));
  const calm = ({ key }: LazyRow) => {
    if (typeof key !== 'number') return -1;
    const outcome = reports.get(key) ?? run.repositories[key]?.outcome;
    return outcome === 'connected' || outcome === 'not_started' ? 1 : 0;
  };
  return rowsOf(view, run).sort((one, other) => calm(one) - calm(other));
}

function gitlabRow(view: View, run: Run): Row {
  const { texts } = view;
  const name = texts.of('connect.token_row');
  const tokens = run.report?.tokens ?? [];
  const verdict = run.report?.tokenVerdict ?? null;
  const states = { reject: 'failed', unknown: 'unknown', ok: 'done' } as const;
  const further = run.traces.some((trace) => trace.subject !== 'gitlab');
  const state = verdict !== null ? states[verdict] : further ? 'done' : 'running';
  return { state, name, word: texts.of(`state.${state}`), issues: tokens.flatMap((token) => token.issues) };
}

function providerRow(view: View, run: Run, name: string): Row {
  const { texts } = view;
  const title = texts.of('connect.provider_row', { name: name.trim() });
  const outcome = run.report?.provider?.outcome ?? run.provider;
  if (outcome === null) {
    const state = run.about('provider').length === 0 ? 'pending' : run.ended ? 'unknown' : 'running';
    return { state, name: title, word: texts.of(`state.${state}`), issues: [] };
  }
  const states = {
    done: 'done',
    exists: 'warning',
    skipped: 'pending',
    failed: 'failed',
    unknown: 'unknown',
    aborted: 'unknown',
  } as const;
  return {
    state: states[outcome],
    name: title,
    word: texts.of(`provider.${outcome}`),
    issues: run.report?.provider?.issues ?? [],
  };
}

function repositoryRow(view: View, run: Run, index: number): Row {
  const { texts } = view;
  const report = run.report?.repositories.find((candidate) => candidate.index === index);
  const live = run.repositories[index];
  const outcome = report?.outcome ?? live?.outcome ?? 'not_started';
  const states = {
    connected: 'done',
    syncing: run.ended ? 'warning' : 'running',
    failed: 'failed',
    unknown: 'unknown',
    not_started: 'pending',
  } as const;
  const started = outcome === 'not_started' && run.about(index).length > 0 && !run.ended;
  const word = started
    ? texts.of('state.running')
    : (report?.status ??
      live?.status ??
      texts.of(!run.ended && outcome === 'not_started' ? 'state.pending' : `outcome.${outcome}`));
  const issues = (report?.issues ?? []).filter(isNews);
  return { state: started ? 'running' : states[outcome], name: run.titles[index] ?? '', word, issues };
}

/** What the user can answer about a provider whose outcome is unknown. */
function waysOut(view: View, { code }: Issue): NonNullable<NoteOptions['ways']> {
  const way = (key: MessageKey, go: () => void) => ({ text: view.texts.of(key), go });
  const useExisting = () => {
    view.model.existing = true;
    view.connect();
  };
  const there = (go: () => void) => [
    way('connect.provider_there', go),
    way('connect.provider_not_there', () => view.answerProvider(false)),
  ];
  if (code === 'torque.provider_exists') return [way('connect.use_existing', useExisting)];
  if (code === 'torque.provider_unknown') return there(() => view.answerProvider(true));
  // The job begins anew, with other entries.
  return code === 'checkpoint.other_plan' ? there(useExisting) : [];
}

function drawn(view: View, { state, name, word, issues }: Row): TemplateResult {
  return html`<li class="state-${state}" part="row">
    ${icon(state === 'done' ? 'ok' : state)}
    <span class="name"><bdi>${name}</bdi></span>
    <span class="word"><bdi>${word}</bdi></span>
    ${issues.length === 0 ? nothing : html`<div class="below">${issues.map((issue) => (state === 'pending' ? html`<p class="hint">${view.texts.issue(issue)}</p>` : issueNote(view, issue, { ways: waysOut(view, issue) })))}</div>`}
  </li>`;
}

/** Every request with its answer, for whoever wants to know. */
function log(view: View, { traces }: Run): TemplateResult {
  const { texts } = view;
  const count = texts.count('connect.requests', traces.length);
  const { shown, pager } = pageOf(view, 'log', traces);
  const line = (trace: Trace) =>
    html`<li><span class="verb">${trace.method}</span> <bdi>${trace.url}</bdi> → ${ended(view, trace)}</li>`;
  return html`<details class="request" part="request">
    <summary>${count}</summary>
    <ol class="trace">${repeat(
      shown,
      ({ item }) => item.id,
      ({ item }) => line(item),
    )}</ol>
    ${pager}
  </details>`;
}

function ended({ texts }: View, { end }: Trace): string {
  if (end === null) return '…';
  if (end === 'network') return texts.of('connect.no_answer');
  if (end === 'timeout') return texts.of('connect.no_answer_in_time');
  return end === 0 ? texts.of('connect.redirect') : String(end);
}

function ending(view: View, run: Run): TemplateResult {
  const { model, texts } = view;
  const { report } = run;
  const well = report?.outcome === 'connected';
  const unproved = report?.tokens.some((token) => token.verdict === 'unknown');
  return html`
    ${report?.next ? next(view, report.next, well) : nothing}
    ${
      !well && unproved
        ? checkbox(view, 'continue-unknown', model.continueUnknown, 'token.continue', (checked) => {
            model.continueUnknown = checked;
          })
        : nothing
    }
    <div class="actions">
      ${
        well
          ? button(texts.of('connect.more'), view.connectMore, { icon: 'add' })
          : html`${button(texts.of(report?.outcome === 'aborted' || run.leftToOther ? 'connect.resume' : 'connect.again'), view.connect, { look: 'primary' })}
            ${button(texts.of('connect.change'), view.goBack, { icon: 'back', look: 'quiet' })}`
      }
      ${report === null || report.outcome === 'invalid' ? nothing : downloads(view, report)}
    </div>
  `;
}

/** The report as files; it holds no secret. */
function downloads(view: View, report: Report): TemplateResult {
  const { texts } = view;
  const csv = reportToCsv(report);
  const file = (format: string, type: string, text: string) =>
    button(format, () => download(`torque-gitlab-connect.${format.toLowerCase()}`, type, text), {
      icon: 'download',
      look: 'quiet small',
      label: texts.of('result.download', { format }),
    });
  return html`<span class="downloads" role="group" aria-label=${texts.of('result.report')}><span class="hint">${texts.of('result.report')}</span>
    ${csv.ok ? file('CSV', 'text/csv', csv.value) : nothing} ${file('JSON', 'application/json', JSON.stringify(report, null, 2))}</span>`;
}

/** Hands a text to the user as a file. */
function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has begun with the click.
  URL.revokeObjectURL(url);
}

/** Where to go on in Torque; where something is left to do here, that comes first. */
function next(view: View, { url, menu }: { url: string; menu: string[] }, first: boolean): TemplateResult {
  const { texts } = view;
  const look = first ? 'button primary' : 'button';
  return html`<section class="box" part="next">
    ${subheading(view, texts.of('result.next'))}
    <div class="close">
      <p class="hint">${texts.of('result.next_hint')}</p>
      <ol class="path">${menu.map((place) => html`<li>${place}</li>`)}</ol>
    </div>
    <div class="actions"><a class=${look} part=${look} href=${url} target="_blank" rel="noreferrer noopener">${texts.of('result.open')}${icon('external')}</a></div>
  </section>`;
}
