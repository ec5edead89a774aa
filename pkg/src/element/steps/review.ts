/** The step before anything is sent: the answers, the exact JSON with the tokens masked, and the same with curl. */

import { html, nothing, type TemplateResult } from 'lit';

import { checkToken, connectRepositoryRequest, providerPayload, repositoryPayload, toTerraform } from '../../index.js';
import type { HttpRequest, Issue, Purpose, Result } from '../../types.js';
import type { StepName } from '../events.js';
import type { MessageKey, Stem } from '../messages.js';
import { actions, button, copyButton, heading, issueNote, stepForm } from '../parts.js';
import type { Repository } from '../repository.js';
import type { View } from '../view.js';

export function reviewStep(view: View): TemplateResult {
  const { model, texts } = view;
  const requests = previews(view);
  const curl = model.curl();
  const issues = [...requests.flatMap((request) => request.issues), ...(curl.ok ? [] : curl.issues)];
  const errors = unique(issues.filter((issue) => issue.severity === 'error'));
  return stepForm(
    view,
    html`
      ${heading(texts.of('review.heading'), texts.of('review.lead'))}
      ${
        errors.length === 0
          ? nothing
          : html`<div class="summary" id="summary" tabindex="-1">
            <div role="alert"><h3>${texts.of('review.problems')}</h3></div>
            ${errors.map((issue) => issueNote(view, issue))}
          </div>`
      }
      <dl class="answers">
        ${answer(view, 'method', texts.of('step.method'), [method(view)])}
        ${gitlabAnswer(view)}
        ${answer(view, 'repositories', texts.of('step.repositories'), repositoryNames(view))}
        ${answer(view, 'torque', texts.of('step.torque'), [texts.of('review.space', { space: model.space.value }), model.portalUrl.value])}
        ${answer(view, null, texts.of('review.self_managed'), [texts.of('review.self_managed_text')])}
      </dl>
      <section class="close">
        <h3>${texts.of('review.requests')}</h3>
        <p class="hint">${texts.of('review.requests_hint')}</p>
        <ol class="plan ${requests.length > 10 ? 'many' : ''}">${requests.map((request) => html`<li>${requestDetails(view, request)}</li>`)}</ol>
      </section>
      <div class="plan">
        ${text(
          view,
          'review.json',
          'JSON',
          JSON.stringify(
            requests.map(({ method, url, body }) => ({ method, url, body })),
            null,
            2,
          ),
        )}
        ${curl.ok ? text(view, 'review.curl', 'sh', curl.value) : nothing} ${terraform(view)}
      </div>
      ${actions(view, 'action.connect')}
    `,
  );
}

/** The texts to copy: those that have a hint. */
type Texted = Stem<Extract<MessageKey, `review.${string}`>, '_hint'>;

type Preview = { title: string; method: string; url: string; body: unknown; issues: Issue[] };

function previews(view: View): Preview[] {
  const { model, texts } = view;
  const provider = model.createsProvider ? [providerPreview(view)] : [];
  return [
    ...provider,
    ...model.filledRepositories.map((repository) => {
      const payload = repositoryPayload(repository.input());
      const { torqueToken, portalUrl, space } = model.plan();
      const request = connectRepositoryRequest({
        portalUrl,
        space,
        ...(torqueToken !== undefined && { torqueToken }),
        ...repository.input(),
      });
      const shown = payload.ok
        ? { ...payload.value, token: payload.value.token && masked(payload.value.token, 'repository') }
        : null;
      const name = payload.ok ? payload.value.repository_name : repository.url.value;
      return preview(texts.of('review.connect_repository', { name }), request, shown);
    }),
  ];
}

function providerPreview({ model, texts }: View): Preview {
  const payload = providerPayload({ name: model.name.value, baseUrl: model.baseUrl.value, token: model.token.value });
  const shown = payload.ok
    ? {
        ...payload.value,
        details: { ...payload.value.details, token: masked(payload.value.details.token, 'provider') },
      }
    : null;
  return preview(texts.of('review.create_provider'), model.providerRequest(), shown);
}

function preview(title: string, request: Result<HttpRequest>, shown: unknown): Preview {
  const { method, url } = request.ok ? request.value : { method: 'POST', url: '' };
  return { title, method, url, body: shown, issues: request.issues };
}

function masked(token: string, purpose: Purpose): string {
  const checked = checkToken(token, purpose);
  return checked.ok ? checked.value.masked : '…';
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
  const token = model.createsProvider ? [`${texts.of('review.token')}: ${masked(model.token.value, 'provider')}`] : [];
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
  return more === 0 ? shown : [...shown, view.texts.of('review.more', { count: more })];
}

function answer(view: View, step: StepName | null, name: string, lines: string[]): TemplateResult {
  const back =
    step === null || !view.model.steps.includes(step)
      ? nothing
      : button(html`${view.texts.of('review.change')}<span class="only-read"> ${name}</span>`, () => view.goTo(step), {
          look: 'quiet small',
        });
  return html`<div><dt>${name}</dt>${lines.map((line) => html`<dd><bdi>${line}</bdi></dd>`)}<dd class="change">${back}</dd></div>`;
}

function requestDetails(view: View, { title, method, url, body }: Preview): TemplateResult {
  return details(
    view,
    method,
    title,
    html`<code class="address"><bdi>${url}</bdi></code>`,
    JSON.stringify(body, null, 2),
  );
}

/** A text to copy, with what it is for. */
function text(view: View, title: Texted, kind: string, content: string): TemplateResult {
  const { texts } = view;
  return details(view, kind, texts.of(title), html`<p class="hint">${texts.of(`${title}_hint`)}</p>`, content);
}

/** What Terraform cannot express is told in its place. */
function terraform(view: View): unknown {
  const exported = toTerraform(view.model.plan());
  if (exported.ok) return text(view, 'review.terraform', 'HCL', exported.value);
  const why = exported.issues.filter(({ code }) => code.startsWith('export.'));
  if (why.length === 0) return nothing;
  return html`<details class="request">
    <summary><span class="verb">HCL</span><span>${view.texts.of('review.terraform')}</span></summary>
    <div class="inside">${unique(why).map((issue) => html`<p class="hint">${view.texts.issue(issue)}</p>`)}</div>
  </details>`;
}

function details(view: View, kind: string, title: string, above: TemplateResult, content: string): TemplateResult {
  return html`<details class="request">
    <summary><span class="verb">${kind}</span><span>${title}</span></summary>
    <div class="inside">
      ${above}
      <div class="code" dir="ltr"><pre tabindex="0"><code>${content}</code></pre>${copyButton(view, content)}</div>
    </div>
  </details>`;
}
