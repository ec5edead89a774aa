/** What the user has typed and chosen. Every judgement is asked of the package; here is only when it is asked and what it is about. */

import type {
  BaseUrl,
  Checkpoint,
  GitLabInput,
  Issue,
  Method,
  Plan,
  PlannedRequest,
  PlanRepository,
  Policy,
  Purpose,
  Result,
} from '../../index.js';
import {
  checkBaseUrl,
  checkPortalUrl,
  checkToken,
  listRepositoriesRequest,
  previewPlan,
  providerPayload,
} from '../../index.js';
import { requestTimeoutMs } from '../../wasm/core.js';
import { type PlanWithoutTokens, type StepName, stepNames } from '../events.js';
import { type Draft, holdTokens } from './draft.js';
import { Field, issuesAbout } from './field.js';
import { Lines } from './lines.js';
import { ProjectList } from './project-list.js';
import { Repository } from './repository.js';

/** So many forms of repositories are read at a glance. */
const few = 3;

/** What can be filled in from outside, and read back: all that a plan has but for tokens and policy. */
export type Entries = {
  /** The method that is chosen. */
  method?: Method['kind'];
  /** Whether the provider was created earlier. */
  existing?: boolean;
  /** Display name of the new provider. */
  name?: string;
  /** GitLab base URL. */
  baseUrl?: string;
  /** Torque URL. */
  portalUrl?: string;
  /** Name of the space. */
  space?: string;
  /** The repositories, in place of those that are there. */
  repositories?: readonly Omit<PlanRepository, 'token'>[];
};

/** Entries as they are filled in, which may be with tokens. */
export type EntriesWithTokens = Omit<Entries, 'repositories'> & {
  /** GitLab access token of the provider. */
  token?: string;
  /** Torque API token. */
  torqueToken?: string;
  /** The repositories, in place of those that are there. */
  repositories?: readonly PlanRepository[];
};

/** Everything that is typed and chosen. */
export class Model {
  kind: Method['kind'] = 'provider';
  existing = false;
  /**
   * What the user accepts: going on where nothing could be proved, a token although it expires, and the address that it may go to
   * over plain http.
   */
  #unproved: string | null = null;
  #expiring: string | null = null;
  #unencrypted: string | null = null;
  /** Whether entries came back after a reload, and with them a job that did not come to its end; or what was stored is unreadable. */
  restored: 'entries' | 'job' | 'unreadable' | null = null;
  /** Set by the embedding page: any value may stand in it, and the plan is refused for what does not fit. */
  policy: Policy = {};
  /** Whether the embedding page signs the requests to Torque, so that no token is asked for. */
  signedByPage = false;
  /** The Torque token of the embedding page, while a job uses it. */
  pageTorqueToken = '';
  /** The steps that the embedding page shows; `null` for all. */
  shownSteps: readonly string[] | null = null;
  /** What the embedding page has set besides fields. */
  fixed: ReadonlySet<string> = new Set();
  /** Whether it has named the method. */
  givenMethod = false;
  /** Where the user finds Torque, when the portal's address is a proxy. */
  publicPortalUrl: string | undefined;
  /** What the embedding page has fixed: these are not asked. */
  readonly given = new Set<Field>();

  readonly name = new Field('name', 'field.name', {
    issues: () =>
      issuesAbout(
        providerPayload({ name: this.name.value, baseUrl: this.baseUrl.value, token: this.token.value }),
        'name',
      ),
  });
  readonly baseUrl = new Field('base-url', 'field.base_url', {
    issues: () =>
      this.kind === 'token_per_repository' && this.baseUrl.value.trim() === '' ? [] : this.#readBaseUrl().issues,
  });
  readonly token = new Field('token', 'field.token', { issues: () => checkToken(this.token.value, 'provider').issues });
  readonly portalUrl = new Field('portal-url', 'field.portal_url', {
    issues: () => checkPortalUrl(this.portalUrl.value).issues,
  });
  readonly space = new Field('space', 'field.space', {
    issues: () =>
      issuesAbout(listRepositoriesRequest({ portalUrl: this.portalUrl.value, space: this.space.value }), 'space'),
  });
  readonly torqueToken = new Field('torque-token', 'field.torque_token', {
    issues: () =>
      issuesAbout(
        listRepositoriesRequest({
          portalUrl: this.portalUrl.value,
          space: this.space.value,
          torqueToken: this.torqueToken.value,
        }),
        'torqueToken',
      ),
  });
  repositories: Repository[] = [];
  /** Where many repositories come from at once, while that is open. */
  adding: 'lines' | 'projects' | null = null;
  readonly lines = new Lines();
  readonly projects = new ProjectList();
  #repositoriesMade = 0;
  #base: { version: number; read: Result<BaseUrl> } | null = null;

  /** Whether the user must allow that a token crosses the network unencrypted, because the embedding page says nothing about it. */
  get asksForHttp(): boolean {
    const checked = this.#readBaseUrl();
    return this.policy.allowHttp !== true && checked.ok && checked.value.needsAllowHttp;
  }

  constructor() {
    this.addRepository();
  }

  /** The user goes on although nothing could be proved of this GitLab and token; this says nothing about others. */
  get continueUnknown(): boolean {
    return this.#unproved === this.#unprovable();
  }

  set continueUnknown(accepted: boolean) {
    this.#unproved = accepted ? this.#unprovable() : null;
  }

  #unprovable(): string {
    return JSON.stringify([this.kind, this.baseUrl.value, this.token.value]);
  }

  /** The user accepts that this token of the provider expires; this says nothing about another one. */
  get acceptExpiry(): boolean {
    return this.#expiring === this.token.value;
  }

  set acceptExpiry(accepted: boolean) {
    this.#expiring = accepted ? this.token.value : null;
  }

  /** The user lets the token go to this address over plain http. */
  get allowHttp(): boolean {
    return this.#unencrypted === this.baseUrl.value;
  }

  set allowHttp(allowed: boolean) {
    this.#unencrypted = allowed ? this.baseUrl.value : null;
  }

  get purpose(): Purpose {
    return this.kind === 'provider' ? 'provider' : 'repository';
  }

  get createsProvider(): boolean {
    return this.kind === 'provider' && !this.existing;
  }

  /** The steps of the chosen method that have something to ask, as far as the embedding page shows them. */
  get steps(): StepName[] {
    return stepNames.filter((step) => {
      if (step === 'connect') return true;
      if (step === 'method' && this.fixed.has('method')) return false;
      if (step === 'gitlab' && this.kind !== 'provider') return false;
      if (step === 'torque' && this.fieldsOf(step).length === 0) return false;
      return this.shownSteps?.includes(step) ?? true;
    });
  }

  /** Whether `connect` would take what a step asks for, as far as that can be known without the other steps. */
  isValid(step: StepName): boolean {
    if (step === 'repositories' && !this.lines.empty) return false;
    return this.fieldsOf(step).every((field) => field.passes);
  }

  /** The field that an issue of the plan is about. */
  fieldAt([first, second, third]: Issue['path']): Field | null {
    const named = (holder: object, key: unknown) => Object.entries(holder).find(([name]) => name === key)?.[1];
    const found: unknown =
      first === 'repositories'
        ? named(this.filledRepositories[Number(second)] ?? {}, third)
        : named(this, first === 'method' ? second : first);
    return found instanceof Field ? found : null;
  }

  /** What a field is called in a plan: `baseUrl`, `repositories.0.url`. */
  nameOf(field: Field): string {
    const keyIn = (holder: object) => Object.entries(holder).find(([, value]) => value === field)?.[0];
    const index = this.filledRepositories.findIndex((repository) => keyIn(repository) !== undefined);
    const repository = this.filledRepositories[index];
    return keyIn(this) ?? (repository === undefined ? '' : `repositories.${index}.${keyIn(repository)}`);
  }

  /** The base URL as it is sent, `null` while there is none that passes. */
  get canonicalBaseUrl(): string | null {
    const checked = this.#readBaseUrl();
    return checked.ok ? checked.value.url : null;
  }

  /** Every repository is compared with it, so it is read once. */
  #readBaseUrl(): Result<BaseUrl> {
    const { version, value } = this.baseUrl;
    if (this.#base?.version !== version) this.#base = { version, read: checkBaseUrl(value) };
    return this.#base.read;
  }

  /** The repositories that are not left empty. */
  get filledRepositories(): Repository[] {
    return this.repositories.filter((repository) => !repository.empty);
  }

  /** The fields that a step must have right before the next one. */
  fieldsOf(step: StepName): Field[] {
    return this.#everyFieldOf(step).filter((field) => !this.isFixed(field));
  }

  #everyFieldOf(step: StepName): Field[] {
    switch (step) {
      case 'gitlab':
        return this.existing ? [this.baseUrl] : [this.name, this.baseUrl, this.token];
      case 'repositories': {
        const filled = this.filledRepositories;
        const none = this.createsProvider || !this.lines.empty;
        const asked = filled.length > 0 || none ? filled : this.repositories.slice(0, 1);
        const base = this.kind === 'provider' ? [] : [this.baseUrl];
        const asks = (repository: Repository) =>
          this.fixed.has('repositories')
            ? repository.fields.filter((field) => field === repository.token)
            : repository.fields;
        return [...asked.flatMap(asks), ...base];
      }
      case 'torque':
        return [this.portalUrl, this.space, ...(this.signedByPage ? [] : [this.torqueToken])];
      default:
        return [];
    }
  }

  addRepository(): Repository {
    const repository = this.#makeRepository();
    this.repositories = [...this.repositories, repository];
    return repository;
  }

  #makeRepository(): Repository {
    this.#repositoriesMade += 1;
    return new Repository(this.#repositoriesMade, this);
  }

  /** Adds those that are not in the list yet, and returns their number. */
  addRepositories(listed: readonly PlanRepository[]): number {
    const repositories = this.filledRepositories;
    const before = repositories.length;
    const known = new Set(repositories.map((repository) => repository.identity));
    for (const entry of listed) {
      const repository = this.#makeRepository();
      repository.put(entry);
      // Without a token it is not done with yet; of many that is seen at the line.
      repository.folded =
        this.kind === 'provider' || listed.length > few || (entry.token ?? entry.credentialName) !== undefined;
      if (known.has(repository.identity)) continue;
      known.add(repository.identity);
      repositories.push(repository);
    }
    const added = repositories.length - before;
    if (repositories.length === 0) repositories.push(this.#makeRepository());
    this.repositories = repositories;
    return added;
  }

  removeRepository(repository: Repository): void {
    repository.token.clear();
    this.repositories = this.repositories.filter((other) => other !== repository);
    if (this.repositories.length === 0) this.addRepository();
  }

  /** The repositories are judged with the base URL, so they are judged again when it has changed. */
  baseUrlChanged(): void {
    for (const repository of this.repositories) repository.url.judgeAgain();
  }

  /** Without a token of Torque's where the embedding page signs. */
  plan(): Plan {
    return {
      portalUrl: this.portalUrl.value,
      ...(!this.signedByPage && { torqueToken: this.torqueToken.value }),
      space: this.space.value,
      method: this.#method(),
      repositories: this.filledRepositories.map((repository) => repository.plan()),
      policy: this.effectivePolicy(),
      ...(this.publicPortalUrl !== undefined && { publicPortalUrl: this.publicPortalUrl }),
    };
  }

  /** How long a question to GitLab may take; `undefined` where the page gives nothing that a plan takes, which the review reports. */
  get timeoutMs(): number | undefined {
    const wanted = this.policy.requestTimeoutMs;
    const checked = wanted === undefined ? null : requestTimeoutMs(wanted);
    return checked?.ok ? checked.value : undefined;
  }

  /** The page's policy with what the user has accepted. */
  effectivePolicy(): Policy {
    return {
      ...this.policy,
      ...(this.continueUnknown && { onUnknown: 'continue' }),
      ...(this.acceptExpiry && { expiry: 'warn' }),
      ...(this.allowHttp && { allowHttp: true }),
    };
  }

  #method(): Method {
    if (this.kind === 'token_per_repository') {
      const base = this.canonicalBaseUrl;
      return { kind: 'token_per_repository', ...(base !== null && { baseUrl: base }) };
    }
    if (this.existing) return { kind: 'provider', existing: true, baseUrl: this.baseUrl.value };
    return { kind: 'provider', name: this.name.value, baseUrl: this.baseUrl.value, token: this.token.value };
  }

  /** What would be sent; its issues are those of the plan. */
  preview(): Result<PlannedRequest[]> {
    return previewPlan(this.plan());
  }

  /** What GitLab's projects are listed with; `null` while there is no token that could list any. */
  get listing(): GitLabInput | null {
    const token = this.createsProvider ? this.token : this.kind === 'provider' ? null : this.repositories[0]?.token;
    const baseUrl = this.canonicalBaseUrl;
    return baseUrl === null || !token?.passes ? null : this.gitlab(baseUrl, token.value);
  }

  /** How GitLab is asked. */
  gitlab(baseUrl: string, token: string): GitLabInput {
    return { baseUrl, token, allowHttp: this.effectivePolicy().allowHttp === true };
  }

  /** What the embedding page fixes is not asked; nothing, or an empty text, fixes nothing. */
  give(field: Field, value: string | null | undefined): void {
    const text = value ?? '';
    // What the user has typed stays where nothing was given before.
    if (text !== '' || this.given.has(field)) field.clear();
    if (text === '') this.given.delete(field);
    else this.given.add(field);
    if (text !== '') field.value = text;
  }

  /** Whether a field is not asked, because the embedding page has set it. */
  isFixed(field: Field): boolean {
    return this.given.has(field) || [...this.fixed].some((name) => this.#single[name] === field);
  }

  /** Fills in what is given, but for what the embedding page has set by an attribute. */
  fill({ method, existing, repositories, ...texts }: EntriesWithTokens): void {
    if (method !== undefined && !(this.givenMethod && !this.steps.includes('method'))) this.kind = method;
    if (existing !== undefined) this.existing = existing;
    const fields = { ...this.#single, token: this.token, torqueToken: this.torqueToken };
    for (const [name, field] of Object.entries(fields)) {
      const text = Object.entries(texts).find(([key]) => key === name)?.[1];
      if (typeof text === 'string' && !this.given.has(field)) field.put(text);
    }
    if (repositories === undefined) return;
    this.repositories = [];
    this.addRepositories(repositories);
  }

  /** All that is entered, without tokens, in whichever field they stand. */
  get entries(): Entries {
    const { kind: method, existing } = this;
    const holders = this.#tokenHolders();
    const texts = Object.entries(this.#single).map(([name, field]) => [name, holders.has(field) ? '' : field.value]);
    const repositories = this.filledRepositories.filter(({ texts }) => !texts.some((field) => holders.has(field)));
    return { method, existing, ...Object.fromEntries(texts), repositories: repositories.map(withoutToken) };
  }

  /** The plan as it may be shown. */
  planWithoutTokens(): PlanWithoutTokens {
    const { torqueToken, method, ...rest } = this.plan();
    const { token, ...shown } = { token: '', ...method };
    return { ...rest, method: shown, repositories: this.filledRepositories.map(withoutToken) };
  }

  /** What may be stored where others could read it. */
  draft(step: StepName, checkpoint: Checkpoint | null): Draft {
    const { kind, existing } = this;
    const holders = this.#tokenHolders();
    // A text that fails may hold what belongs to another field: a URL with a password, a token as a name.
    const isStorable = (field: Field) => field.value === '' || (!holders.has(field) && field.passes);
    const fields = Object.fromEntries(this.#texts.filter(isStorable).map((field) => [field.id, field.value]));
    // Names are judged only together with a URL that passes.
    const readable = this.filledRepositories.filter(({ url }) => url.passes && isStorable(url));
    const repositories = readable.map((repository) => {
      const { token, ...rest } = repository.plan();
      return repository.texts.every(isStorable) ? rest : { url: rest.url };
    });
    const lines = holders.has(this.lines) ? '' : this.lines.storable;
    return {
      version: 1,
      kind,
      existing,
      step,
      fields,
      repositories,
      lines,
      checkpoint: this.#withoutTokens(checkpoint),
    };
  }

  #withoutTokens(checkpoint: Checkpoint | null): Checkpoint | null {
    const id = checkpoint?.provider?.id ?? '';
    if (!checkpoint?.provider || !holdTokens([id], this.#tokens)[0]) return checkpoint;
    return { ...checkpoint, provider: { ...checkpoint.provider, id: null } };
  }

  /** All that the form has at present. */
  get #tokens(): string[] {
    return [...this.#secrets.map(({ value }) => value), this.pageTorqueToken, ...this.lines.tokens];
  }

  /** Where a token stands that belongs to another field. */
  #tokenHolders(): Set<Field | Lines> {
    const repositories = this.repositories.flatMap(({ texts }) => texts);
    const holders: (Field | Lines)[] = [...this.#texts, ...repositories, this.lines];
    const texts = holders.map((holder) => (holder instanceof Lines ? holder.text : holder.value));
    const held = holdTokens(texts, this.#tokens);
    return new Set(holders.filter((_, index) => held[index]));
  }

  /** Fills in what was stored. */
  restore({ kind, existing, fields, repositories, lines }: Draft): void {
    if (!this.fixed.has('method')) this.kind = kind;
    if (!this.fixed.has('existing')) this.existing = existing;
    for (const field of this.#texts) {
      const value = fields[field.id];
      if (value !== undefined && !this.isFixed(field)) field.put(value);
    }
    if (!this.fixed.has('repositories')) this.addRepositories(repositories);
    if (lines === '') return;
    this.lines.take(lines);
    this.adding = 'lines';
  }

  /** The single texts that are no secrets, by their names in `entries`. */
  get #single(): Record<string, Field> {
    const { name, baseUrl, portalUrl, space } = this;
    return { name, baseUrl, portalUrl, space };
  }

  get #texts(): Field[] {
    return Object.values(this.#single);
  }

  hideSecrets(): void {
    for (const field of this.#secrets) field.shown = false;
  }

  /** The settings stay, the list begins anew; a provider that was created is there now. */
  startOver(): void {
    if (this.kind === 'provider') this.existing = true;
    this.repositories = [];
    this.addRepository();
  }

  /** Forgets what was typed, and nothing that the embedding page has given. */
  empty(): void {
    this.lines.take('');
    this.adding = null;
    for (const field of this.#texts) if (!this.isFixed(field)) field.clear();
    if (!this.fixed.has('existing')) this.existing = false;
    if (this.fixed.has('repositories')) return;
    this.repositories = [];
    this.addRepository();
  }

  /** Forgets every token, wherever it stands. */
  forgetSecrets(): void {
    const holders = this.#tokenHolders();
    if (holders.has(this.lines) || this.lines.storable === '') this.lines.take('');
    for (const holder of holders) if (holder instanceof Field && !this.isFixed(holder)) holder.clear();
    for (const field of this.#secrets) field.clear();
    this.#unproved = null;
    this.#expiring = null;
    this.projects.forget();
  }

  get #secrets(): Field[] {
    return [this.token, this.torqueToken, ...this.repositories.map((repository) => repository.token)];
  }
}

function withoutToken(repository: Repository): Omit<PlanRepository, 'token'> {
  const { token, ...rest } = repository.plan();
  return rest;
}
