/** The base URL over the repository URL, part by part: equal parts joined, the one that differs marked. What differs is the core's verdict. */

import { html, nothing, type TemplateResult } from 'lit';
import type { BaseUrl, PartRange } from '../../index.js';
import { checkBaseUrl, checkRepositoryUrl } from '../../index.js';
import type { View } from './view.js';

/** The parts in which a repository can lie elsewhere, in the order in which the core compares them. */
const compared = ['scheme', 'host', 'port', 'basePath'] as const;

type Part = (typeof compared)[number] | 'namespace' | 'project' | 'rest';

/** How a part of the repository stands to that of the base: `open` where it was not compared or is not typed yet. */
type State = 'same' | 'differs' | 'below' | 'open';

type Column = { part: Part; base: string; repository: string; state: State };

/** Draws as far as the text can be read, also while it is typed; nothing where nothing can be compared. */
export function comparison({ texts, model }: View, repositoryUrl: string): unknown {
  const base = checkBaseUrl(model.baseUrl.value);
  if (!base.ok || repositoryUrl.trim() === '') return nothing;
  const drawn = columns(base.value, repositoryUrl);
  if (drawn.every(({ state }) => state === 'open')) return nothing;
  return html`<ol class="compare" part="comparison" dir="ltr" aria-label=${texts.of('compare.label')}>
    ${drawn.map(({ part, base, repository, state }): TemplateResult => {
      const below = base === '';
      return html`<li class="${state} ${below ? 'below' : ''}">
        <span class="part">${texts.of(`compare.${part}`)}<span class="only-read">: </span></span>
        <code>${below ? nothing : html`<bdi>${base}</bdi>`}</code> <span class="joint">${state === 'differs' ? html`<span aria-hidden="true">≠</span>` : nothing}<span class="only-read"> ${texts.of(`compare.${state}`)} </span></span>
        <code><bdi>${repository}</bdi></code>
      </li>`;
    })}
  </ol>`;
}

function columns(base: BaseUrl, text: string): Column[] {
  const inBase: Record<(typeof compared)[number], string> = {
    scheme: base.scheme,
    host: base.host,
    port: String(base.port),
    basePath: base.path,
  };
  const verdict = checkRepositoryUrl(base.url, text);
  const outside = verdict.issues.find((issue) => issue.code === 'repository_url.outside_base_url')?.params ?? {};
  const { part: difference, got } = outside;
  const names: readonly string[] = compared;
  const differs = names.indexOf(String(difference));
  // Everything before the first difference was found equal.
  const equal = verdict.ok || verdict.issues.every(({ code }) => code === 'repository_url.project_missing');
  const state = (index: number): State => {
    if (index === differs) return 'differs';
    return equal || index < differs ? 'same' : 'open';
  };
  const typed = read(text);
  const below: Column[] = [];
  if (verdict.ok) {
    const { url, parts } = verdict.value;
    const slice = (range: PartRange) => url.slice(...range);
    below.push(
      { part: 'namespace', base: '', repository: slice(parts.namespace), state: 'below' },
      { part: 'project', base: '', repository: slice(parts.project), state: 'below' },
    );
  }
  // What stands behind another base path belongs to no group of this base.
  const rest = difference === 'basePath' ? (typed?.basePath.slice(String(got).length) ?? '') : '';
  if (rest !== '') below.push({ part: 'rest', base: '', repository: rest.replace(/\/$/, ''), state: 'open' });
  return [
    ...compared.map((part, index): Column => {
      const now = state(index);
      const repository = now === 'same' ? inBase[part] : now === 'differs' ? String(got) : (typed?.[part] ?? '…');
      return { part, base: inBase[part], repository, state: now };
    }),
    ...below,
  ];
}

/** The parts of an address that lies elsewhere. */
function read(text: string): Record<(typeof compared)[number], string> | null {
  const checked = checkBaseUrl(text);
  if (!checked.ok) return null;
  const { scheme, host, port, path } = checked.value;
  return { scheme, host, port: String(port), basePath: path };
}
