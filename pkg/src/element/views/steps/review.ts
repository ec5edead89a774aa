/** The step before anything is sent: the answers, the requests with their tokens masked, and the same with curl. */

import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Issue, PlannedRequest, Result } from '../../../index.js';
import { checkToken, toCurl, toTerraform } from '../../../index.js';
import type { StepName } from '../../events.js';
import type { Repository } from '../../state/repository.js';
import type { MessageKey, Stem } from '../../texts/messages.js';
import { button, copyButton, heading, stepForm, subheading, summary } from '../components.js';
import { pageOf } from '../pager.js';
import type { View } from '../view.js';

export function reviewStep(view: View): TemplateResult {
  const { model, texts } = view;
  const plan = model.plan();
  const preview = model.preview();
  const requests = preview.ok ? preview.value : [];
  const { shown, pager } = pageOf(view, 'requests', requests);
  return stepForm(
    view,
    html`
      ${heading(view, texts.of('review.heading'), texts.of('review.lead'))}
      ${summary(view)}
      <dl class="answers" part="answers">
        ${answer(view, 'method', texts.of('step.method'), [method(view)])}
        ${gitlabAnswer(view)}
        ${answer(view, 'repositories', texts.of('step.repositories'), repositoryNames(view))}
        ${answer(view, 'torque', texts.of('step.torque'), [texts.of('review.space', { space: model.space.value }), model.portalUrl.value])}
        ${answer(view, null, texts.of('review.self_managed'), [texts.of('review.self_managed_text')])}
      </dl>
      <section class="close">
        ${subheading(view, texts.of('review.requests'))}
        <p class="hint">${texts.of('review.requests_hint')}</p>
        <ol class="plan ${shown.length > 10 ? 'many' : ''}" start=${1 + (shown[0]?.index ?? 0)}>${repeat(
          shown,
          ({ index }) => index,
          ({ item }) => html`<li>${requestDetails(view, item)}</li>`,
        )}</ol>
        ${pager}
      </section>
      <div class="plan">
        ${text(
          view,
          'review.json',
          'JSON',
          JSON.stringify(
            requests.map(({ method, url, body }) => ({ method, url, ...(body !== undefined && { body: read(body) }) })),
            null,
            2,
          ),
        )}
        ${exported(view, 'review.curl', 'sh', toCurl(plan))}
        ${exported(view, 'review.terraform', 'HCL', toTerraform(plan))}
      </div>
      
    `,
  );
}

/** The texts to copy: those that have a hint. */
type Texted = Stem<Extract<MessageKey, `review.${string}`>, '_hint'>;

function titleOf({ model, texts }: View, { step, repository }: PlannedRequest): string {
  const name = repository === undefined ? '' : (model.filledRepositories[repository]?.title ?? '');
  return texts.of(`review.send.${step}`, { name });
}

function unique(issues: readonly Issue[]): Issue[] {
  return [...new Map(issues.map((issue) => [`${issue.code} ${issue.message}`, issue])).values()];
}

function method({ model, texts }: View): string {
  if (model.kind === 'token_per_repository') return texts.of('method.token_per_repository');
  return model.existing
    ? texts.of('review.method_existing')
    : texts.of('review.method_new', { name: model.name.value.trim() });
}

function gitlabAnswer(view: View): unknown {
  const { model, texts } = view;
  const base = model.canonicalBaseUrl;
  if (base === null) return nothing;
  const checked = checkToken(model.token.value, 'provider');
  const token = model.createsProvider && checked.ok ? [`${texts.of('review.token')}: ${checked.value.masked}`] : [];
  return answer(view, model.kind === 'provider' ? 'gitlab' : 'repositories', texts.of('step.gitlab'), [base, ...token]);
}

function repositoryNames(view: View): string[] {
  const named = view.model.filledRepositories.map((repository: Repository) => {
    const checked = repository.checkUrl();
    return checked.ok ? checked.value.url : repository.url.value;
  });
  if (named.length === 0) return [view.texts.of('review.repositories_none')];
  // As many as one reads; all of them are below, request by request.
  const shown = named.slice(0, 8);
  const more = named.length - shown.length;
  return more === 0 ? shown : [...shown, view.texts.count('review.more', more)];
}

function answer(view: View, step: StepName | null, name: string, lines: string[]): TemplateResult {
  const back =
    step === null || !view.model.steps.includes(step)
      ? nothing
      : button(html`${view.texts.of('review.change')}<span class="only-read"> ${name}</span>`, () => view.visit(step), {
          look: 'quiet small',
        });
  return html`<div><dt>${name}</dt>${lines.map((line) => html`<dd><bdi>${line}</bdi></dd>`)}<dd class="change">${back}</dd></div>`;
}

function requestDetails(view: View, request: PlannedRequest): TemplateResult {
  const { method, url, body } = request;
  return details(
    view,
    method,
    titleOf(view, request),
    html`<code class="address"><bdi>${url}</bdi></code>`,
    body === undefined ? null : JSON.stringify(read(body), null, 2),
  );
}

function read(body: string): unknown {
  return JSON.parse(body);
}

/** A text to copy, with what it is for. */
function text(view: View, title: Texted, kind: string, content: string): TemplateResult {
  const { texts } = view;
  return details(view, kind, texts.of(title), html`<p class="hint">${texts.of(`${title}_hint`)}</p>`, content);
}

/** What the text cannot express is listed in its place. */
function exported(view: View, title: Texted, kind: string, result: Result<string>): unknown {
  if (result.ok) return text(view, title, kind, result.value);
  const why = result.issues.filter(({ code }) => code === 'export.not_expressible');
  if (why.length === 0) return nothing;
  return html`<details class="request" part="request">
    <summary><span class="verb">${kind}</span><span>${view.texts.of(title)}</span></summary>
    <div class="inside">${unique(why).map((issue) => html`<p class="hint">${view.texts.issue(issue)}</p>`)}</div>
  </details>`;
}

function details(
  view: View,
  kind: string,
  title: string,
  above: TemplateResult,
  content: string | null,
): TemplateResult {
  return html`<details class="request" part="request">
    <summary><span class="verb">${kind}</span><span>${title}</span></summary>
    <div class="inside">
      ${above}
      ${content === null ? nothing : html`<div class="code" part="code" dir="ltr"><pre tabindex="0"><code>${content}</code></pre>${copyButton(view, content)}</div>`}
    </div>
  </details>`;
}
