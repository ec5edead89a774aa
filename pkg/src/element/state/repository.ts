/** One repository of the list: its fields, and what the package makes of them. */

import type { Issue, Method, PlanRepository, RepositoryInput, RepositoryUrl, Result } from '../../index.js';
import { checkRepositoryUrl, repositoryPayload } from '../../index.js';
import { checkRepositoryToken, readAgents } from '../../wasm/core.js';
import { Field, issuesAbout } from './field.js';

/** What holds for every repository of the list. */
type Connection = { readonly kind: Method['kind']; readonly canonicalBaseUrl: string | null };

/** One repository of the list. */
export class Repository {
  readonly url: Field;
  readonly name: Field;
  readonly branch: Field;
  readonly token: Field;
  readonly credentialName: Field;
  readonly agents: Field;
  autoRegister = false;
  /** Drawn as a single line, as long as nothing is wrong with it. */
  folded = false;
  #read: { question: string; url: Result<RepositoryUrl> } | null = null;
  #named: { version: number; agents: readonly string[] } | null = null;
  #payload: { question: string; issues: readonly Issue[] } | null = null;

  constructor(
    /** Stays with it when others are removed. */
    readonly key: number,
    private readonly connection: Connection,
  ) {
    const id = `repository-${key}`;
    const question = () => this.#question;
    const about = (what: string) => ({
      question,
      issues: () => this.#payloadIssues().filter(({ path }) => path[0] === what),
    });
    this.url = new Field(`${id}-url`, 'field.repository_url', {
      question,
      issues: () => issuesAbout(this.checkUrl(), 'repositoryUrl'),
    });
    this.token = new Field(`${id}-token`, 'field.repository_token', {
      question,
      issues: () => {
        const { value } = this.token;
        const checked = checkRepositoryToken({ ...this.plan(), ...(value !== '' && { token: value }) });
        return checked.issues.filter(({ path }) => path[1] === 'token');
      },
    });
    this.name = new Field(`${id}-name`, 'field.repository_name', about('name'));
    this.branch = new Field(`${id}-branch`, 'field.branch', about('branch'));
    this.credentialName = new Field(`${id}-credential`, 'field.credential_name', about('credentialName'));
    this.agents = new Field(`${id}-agents`, 'field.agents', about('agents'));
  }

  get fields(): Field[] {
    const own = this.connection.kind === 'token_per_repository' ? [this.token] : [];
    return [this.url, ...own, ...this.#details];
  }

  /** The fields that are no secrets. */
  get texts(): Field[] {
    return [this.url, ...this.#details];
  }

  get #details(): Field[] {
    return [this.name, this.branch, this.credentialName, this.agents];
  }

  get empty(): boolean {
    return this.fields.every((field) => field.value.trim() === '');
  }

  /** The same for two entries that would do the same. */
  get identity(): string {
    const checked = this.checkUrl();
    return `${checked.ok ? checked.value.url : this.url.value} ${this.name.value.trim()}`;
  }

  get isFolded(): boolean {
    return this.folded && !this.fields.some((field) => field.wrong);
  }

  /** Takes what is given about it, as `readPlanLines` and a plan write it. */
  put({
    url,
    name = '',
    branch = '',
    token = '',
    credentialName = '',
    agents = [],
    autoRegister = false,
  }: PlanRepository): void {
    this.url.put(url);
    const optional: [Field, string][] = [
      [this.name, name],
      [this.branch, branch],
      [this.token, token],
      [this.credentialName, credentialName],
      [this.agents, agents.join(', ')],
    ];
    for (const [field, value] of optional) if (value !== '') field.put(value);
    this.autoRegister = autoRegister;
  }

  /** Its path below the base URL, else what is typed. */
  get title(): string {
    const checked = this.checkUrl();
    return checked.ok ? checked.value.path : this.url.value;
  }

  /** What the package says of its URL; of thousands each is asked about once. */
  checkUrl(): Result<RepositoryUrl> {
    const { canonicalBaseUrl } = this.connection;
    const question = `${this.url.version} ${canonicalBaseUrl}`;
    if (this.#read?.question !== question)
      this.#read = { question, url: checkRepositoryUrl(canonicalBaseUrl, this.url.value) };
    return this.#read.url;
  }

  /** All that the judgement of a field can depend on, in numbers: tokens are no part of it. */
  get #question(): string {
    const { kind, canonicalBaseUrl } = this.connection;
    const versions = [this.url, this.name, this.branch, this.token, this.credentialName, this.agents].map(
      ({ version }) => version,
    );
    return `${kind} ${versions} ${canonicalBaseUrl}`;
  }

  /** Of the payload itself nothing is kept: it holds the token. */
  #payloadIssues(): readonly Issue[] {
    const question = this.#question;
    if (this.#payload?.question !== question)
      this.#payload = { question, issues: repositoryPayload(this.input()).issues };
    return this.#payload.issues;
  }

  /** The names in the field; of thousands each is read once. */
  #agents(): readonly string[] {
    const { value, version } = this.agents;
    if (value.trim() === '') return [];
    if (this.#named?.version !== version) {
      const read = readAgents(value);
      this.#named = { version, agents: read.ok ? read.value : [value] };
    }
    return this.#named.agents;
  }

  /** As `repositoryPayload` wants it. */
  input(): RepositoryInput {
    const base = this.connection.canonicalBaseUrl;
    return { ...this.plan(), ...(base !== null && { baseUrl: base }) };
  }

  /** As a plan wants it. What is left empty is left out. */
  plan(): PlanRepository {
    const agents = this.#agents();
    return {
      url: this.url.value,
      ...(this.name.value.trim() !== '' && { name: this.name.value }),
      ...(this.branch.value.trim() !== '' && { branch: this.branch.value }),
      ...(this.connection.kind === 'token_per_repository' && this.token.value !== '' && { token: this.token.value }),
      ...(this.credentialName.value.trim() !== '' && { credentialName: this.credentialName.value }),
      ...(agents.length > 0 && { agents }),
      ...(this.autoRegister && { autoRegister: true }),
    };
  }
}
