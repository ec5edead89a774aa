/** One repository of the list: its fields, and what the package makes of them. */

import { checkRepositoryUrl, checkToken, repositoryPayload } from '../index.js';
import type { PlanRepository, RepositoryInput } from '../types.js';
import { Field, issuesAbout } from './field.js';
import type { Model } from './model.js';

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

  constructor(
    /** Stays with it when others are removed. */
    readonly key: number,
    private readonly model: Model,
  ) {
    const id = `repository-${key}`;
    const about = (what: string) => () => issuesAbout(repositoryPayload(this.input()), what);
    this.url = new Field(`${id}-url`, 'field.repository_url', () => issuesAbout(this.checkUrl(), 'repositoryUrl'));
    this.token = new Field(
      `${id}-token`,
      'field.repository_token',
      // A credential that the space has stands in for it.
      () =>
        this.token.value === '' && this.credentialName.value.trim() !== ''
          ? []
          : checkToken(this.token.value, 'repository').issues,
    );
    this.name = new Field(`${id}-name`, 'field.repository_name', about('name'));
    this.branch = new Field(`${id}-branch`, 'field.branch', about('branch'));
    this.credentialName = new Field(`${id}-credential`, 'field.credential_name', about('credentialName'));
    this.agents = new Field(`${id}-agents`, 'field.agents', about('agents'));
  }

  get fields(): Field[] {
    const own = this.model.kind === 'token_per_repository' ? [this.token] : [];
    return [this.url, ...own, this.name, this.branch, this.credentialName, this.agents];
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

  checkUrl() {
    return checkRepositoryUrl(this.model.canonicalBaseUrl, this.url.value);
  }

  /** As `repositoryPayload` wants it. */
  input(): RepositoryInput {
    const base = this.model.canonicalBaseUrl;
    return { ...this.plan(), ...(base !== null && { baseUrl: base }) };
  }

  /** As a plan wants it. What is left empty is left out. */
  plan(): PlanRepository {
    const agents = this.agents.value
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    return {
      url: this.url.value,
      ...(this.name.value.trim() !== '' && { name: this.name.value }),
      ...(this.branch.value.trim() !== '' && { branch: this.branch.value }),
      ...(this.model.kind === 'token_per_repository' && this.token.value !== '' && { token: this.token.value }),
      ...(this.credentialName.value.trim() !== '' && { credentialName: this.credentialName.value }),
      ...(agents.length > 0 && { agents }),
      ...(this.autoRegister && { autoRegister: true }),
    };
  }
}
