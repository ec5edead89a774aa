/**
 * `<torque-gitlab-connect>`: the whole way from an empty form to connected repositories. This file is the class without
 * side effects; `./define.js` registers it.
 */

import { type CSSResult, html, LitElement, nothing, type PropertyValues, render, type TemplateResult } from 'lit';

import { checkPortalUrl, WasmBlockedError } from '../index.js';
import type { Checkpoint, Policy, Report } from '../types.js';
import { type Draft, draftOf, keepDraft, readDraft, storageKey } from './draft.js';
import {
  EndEvent,
  ErrorsEvent,
  ProgressEvent,
  StartEvent,
  StepEvent,
  type StepName,
  type TorqueGitlabConnectEventMap,
} from './events.js';
import type { Field } from './field.js';
import { forgetMark, type Release, takeJob } from './job.js';
import { LanguageWatch, languageAt } from './language.js';
import { type Messages, Texts } from './messages.js';
import { Model } from './model.js';
import { networkText, note } from './parts.js';
import { isOpen, rail } from './rail.js';
import type { Repository } from './repository.js';
import { Run } from './run.js';
import { connectStep } from './steps/connect.js';
import { gitlabStep } from './steps/gitlab.js';
import { methodStep } from './steps/method.js';
import { repositoriesStep } from './steps/repositories.js';
import { reviewStep } from './steps/review.js';
import { torqueStep } from './steps/torque.js';
import { styles } from './styles.js';
import { TokenTest } from './token-test.js';
import type { View } from './view.js';

export * from './events.js';
export { english, type MessageKey, type Messages } from './messages.js';

/** What can be filled in from outside, an example for instance. */
export type Entries = {
  /** The method that is chosen. */
  method?: 'provider' | 'token_per_repository';
  /** Display name of the new provider. */
  name?: string;
  /** Address of the GitLab. */
  baseUrl?: string;
  /** GitLab access token of the provider. */
  token?: string;
  /** Address of Torque. */
  portalUrl?: string;
  /** Name of the space. */
  space?: string;
  /** Torque API token. */
  torqueToken?: string;
  /** The repositories, in place of those that are there. */
  repositories?: readonly {
    /** Address of the repository. */
    url: string;
    /** Its own GitLab token. */
    token?: string;
  }[];
};

const drawings: Record<StepName, (view: View) => unknown> = {
  method: methodStep,
  gitlab: gitlabStep,
  repositories: repositoriesStep,
  torque: torqueStep,
  review: reviewStep,
  connect: connectStep,
};

/**
 * The form. Its language is that of the nearest `lang` attribute.
 *
 * @slot header - Above the steps.
 * @slot help - Below the panel.
 * @csspart steps - The list of steps.
 * @csspart panel - The box of the present step.
 * @csspart restored - Tells that entries came back after a reload.
 * @csspart summary - All that is wrong in a step.
 * @csspart card - A method to choose.
 * @csspart button - Every button; those that go forward are `primary` too.
 * @csspart primary - The button that goes forward.
 * @csspart suggestion - A button that takes what is suggested.
 * @csspart field - A label with its input and verdict.
 * @csspart input - The input itself.
 * @csspart checklist - What is asked of a token, and what GitLab says.
 * @csspart repository - One repository of the list.
 * @csspart comparison - The drawing of the base URL over the repository URL.
 * @csspart adding - Where many repositories are added at once.
 * @csspart outcome - How the job ended.
 * @csspart row - One thing that the job does.
 * @csspart next - Where to go on in Torque.
 * @cssprop --torque-gitlab-connect-accent - The one colour.
 * @cssprop --torque-gitlab-connect-on-accent - Text on it.
 * @cssprop --torque-gitlab-connect-surface - Of panel and inputs.
 * @cssprop --torque-gitlab-connect-sunken - Behind pictures and code.
 * @cssprop --torque-gitlab-connect-text - Text.
 * @cssprop --torque-gitlab-connect-muted - Text that matters less.
 * @cssprop --torque-gitlab-connect-line - Lines between things.
 * @cssprop --torque-gitlab-connect-edge - Edges of what can be used.
 * @cssprop --torque-gitlab-connect-radius - Of corners.
 * @cssprop --torque-gitlab-connect-font - The family of the text.
 * @fires {StepEvent} torque-gitlab-connect-step - The user is at another step.
 * @fires {ErrorsEvent} torque-gitlab-connect-errors - Errors have come to be shown above the form, or have gone.
 * @fires {StartEvent} torque-gitlab-connect-start - The user pressed Connect; `preventDefault()` keeps the element from sending.
 * @fires {ProgressEvent} torque-gitlab-connect-progress - Something happened on the way.
 * @fires {EndEvent} torque-gitlab-connect-end - The job has ended, well or not.
 */
export class TorqueGitlabConnect extends LitElement {
  /** The rules of the shadow tree. */
  static override styles: CSSResult = styles;
  /** Texts by language (`de`), for every element whose nearest `lang` says so; English where there are none. */
  static readonly languages: Map<string, Messages> = new Map();
  /** @hidden Lit's; each has its text below. */
  static override properties = {
    portalUrl: { attribute: 'portal-url' },
    publicPortalUrl: { attribute: 'public-portal-url' },
    space: {},
    baseUrl: { attribute: 'base-url' },
    method: {},
    fetch: { attribute: false },
    policy: { attribute: false },
    messages: { attribute: false },
    storage: { attribute: false },
  };

  /** Address of Torque. Given here, it is not asked. */
  declare portalUrl: string | undefined;
  /** Where the user finds Torque, when `portalUrl` is a proxy. */
  declare publicPortalUrl: string | undefined;
  /** Name of the space. Given here, it is not asked. */
  declare space: string | undefined;
  /** Address of the GitLab. Given here, it is not asked. */
  declare baseUrl: string | undefined;
  /** The method that is chosen at first. */
  declare method: string | undefined;
  /** Sends every request, in place of the platform's `fetch`. It signs those to Torque itself, so no Torque token is asked. */
  declare fetch: typeof globalThis.fetch | undefined;
  /** How the job is done, see the package's `Policy`. */
  declare policy: Policy | undefined;
  /** Texts in place of those of the language. */
  declare messages: Messages | undefined;

  /**
   * Where entries are kept, tokens apart, so that a reload loses nothing and an interrupted job goes on: the page's
   * `sessionStorage`. Without it nothing is kept.
   */
  declare storage: Storage | undefined;

  readonly #model = new Model();
  readonly #tests = new Map<Repository | null, TokenTest>();
  #texts = new Texts();
  #known: Messages | undefined;
  readonly #languageWatch = new LanguageWatch(() => this.requestUpdate());
  #step: StepName = 'method';
  #furthest = 0;
  #summary = false;
  #errors = false;
  #run: Run | null = null;
  #focus: string | null = null;
  #copied: string | null = null;
  #said = '';
  /** Whether what is said, or about to be, is still true. */
  #stillTrue: () => boolean = () => true;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  #saying: ReturnType<typeof setTimeout> | undefined;
  /** To the tabs that have the same page open. An open one keeps a page out of the back/forward cache. */
  #channel: BroadcastChannel | null = null;
  /** Of the last job, as long as it did not come to its end. */
  #checkpoint: Checkpoint | null = null;
  /** The page is left, maybe for the back/forward cache: no token is kept there, and no request goes on unseen. */
  readonly #leave = () => {
    this.#keep();
    this.#run?.stop();
    this.#forget();
    this.#stopListening();
  };
  /** Out of the back/forward cache it goes on as after a reload. */
  readonly #comeBack = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return;
    this.#listen();
    // WebKit has emptied what has `autocomplete="off"`, and tells nobody: all is drawn from nothing.
    render(nothing, this.renderRoot, this.renderOptions);
    if (this.#step !== 'method' && this.report?.outcome !== 'connected') this.#takeUp(this.#step);
    this.requestUpdate();
  };

  /** The Torque token where the page has one; then it is not asked. It can be set and not read. */
  set torqueToken(token: string | undefined) {
    this.#model.givenTorqueToken = token ?? '';
    this.requestUpdate();
  }

  /** What the last job came to, without secrets. */
  get report(): Report | null {
    return this.#run?.report ?? null;
  }

  /** Fills in what is given, as if it were typed. */
  fill(entries: Entries): void {
    const model = this.#model;
    if (entries.method !== undefined) model.kind = entries.method;
    const put = (field: Field, text: string | undefined) => {
      if (text === undefined) return;
      field.put(text);
    };
    put(model.baseUrl, entries.baseUrl);
    put(model.name, entries.name);
    put(model.token, entries.token);
    put(model.portalUrl, entries.portalUrl);
    put(model.space, entries.space);
    put(model.torqueToken, entries.torqueToken);
    if (entries.repositories !== undefined) model.repositories = [];
    for (const { url, token } of entries.repositories ?? []) put(model.addRepository(url).token, token);
    if (model.repositories.length === 0) model.addRepository();
    this.requestUpdate();
  }

  /** Goes to a step that the user has reached, as the browser's Back may ask for. At any other, and while a job runs, it stays where it is. */
  goTo(step: StepName): void {
    if (step !== this.#step && isOpen(this.#view, step)) this.#goTo(step);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#languageWatch.start();
    this.#listen();
    addEventListener('pagehide', this.#leave);
    addEventListener('pageshow', this.#comeBack);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pagehide', this.#leave);
    removeEventListener('pageshow', this.#comeBack);
    this.#languageWatch.stop();
    this.#stopListening();
    clearTimeout(this.#saying);
    clearTimeout(this.#keeping);
    this.#run?.stop();
    this.#forget();
    this.#model.givenTorqueToken = '';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const model = this.#model;
    const language = languageAt(this);
    const known = TorqueGitlabConnect.languages.get(language);
    if (changed.has('messages') || known !== this.#known) {
      this.#known = known;
      this.#texts = new Texts((known ?? this.messages) ? language : 'en', { ...known, ...this.messages });
    }
    if (changed.has('policy')) model.policy = this.policy ?? {};
    if (changed.has('fetch')) model.signedIn = this.fetch !== undefined;
    if (changed.has('method') && (this.method === 'provider' || this.method === 'token_per_repository'))
      model.kind = this.method;
    if (!model.steps.includes(this.#step)) this.#step = 'method';
    if (changed.has('portalUrl')) model.give(model.portalUrl, this.portalUrl);
    if (changed.has('publicPortalUrl')) model.publicPortalUrl = this.publicPortalUrl;
    if (changed.has('space')) model.give(model.space, this.space);
    if (changed.has('baseUrl')) model.give(model.baseUrl, this.baseUrl);
    if (changed.has('storage') && this.storage !== undefined) this.#restore(this.storage);
    if (!this.#stillTrue()) this.#saySilence();
  }

  protected override updated(): void {
    const errors = this.renderRoot.querySelector('#summary, .outcome.bad') !== null;
    if (errors !== this.#errors) {
      this.#errors = errors;
      this.dispatchEvent(new ErrorsEvent(errors));
    }
    // Every field is judged for it, so not with each key stroke.
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => this.#keep(), 300);
    if (this.#focus === null) return;
    const target = this.renderRoot.querySelector<HTMLElement>(`#${CSS.escape(this.#focus)}`);
    if (target === null) return;
    this.#focus = null;
    // The label before the input: what is asked must be in sight, not only the box.
    (target.closest('.field') ?? target).scrollIntoView({ block: 'nearest' });
    target.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    try {
      checkPortalUrl('');
    } catch (error) {
      if (!(error instanceof WasmBlockedError)) throw error;
      return html`<section class="panel" part="panel">${note('bad', 'failed', html`<div role="alert">${error.message}</div>`)}</section>`;
    }
    const { language } = this.#texts;
    // English stands in for a language that has no texts, which may be written from right to left.
    const direction = language === languageAt(this) ? nothing : 'ltr';
    const view = this.#view;
    return html`
      <slot name="header"></slot>
      <div class="frame" lang=${language} dir=${direction}>
        ${rail(view)}
        <section class="panel" part="panel" aria-labelledby="heading">${drawings[this.#step](view)}</section>
      </div>
      <slot name="help"></slot>
      <div class="only-read" role="status" lang=${language}>${this.#said}</div>
    `;
  }

  /** As it is now; a drawing keeps that of its time. */
  get #view(): View {
    return {
      model: this.#model,
      texts: this.#texts,
      step: this.#step,
      furthest: this.#furthest,
      run: this.#run,
      summary: this.#summary,
      copied: this.#copied,
      update: () => this.requestUpdate(),
      announce: (text, stillTrue) => this.#announce(text, stillTrue),
      copy: (text) => void this.#copy(text),
      focus: (id) => this.#moveFocus(id),
      goTo: (step) => this.#goTo(step),
      goBack: () => this.#goTo(this.#neighbour(-1)),
      goOn: () => this.#goOn(),
      settle: (field) => this.#settle(field),
      testOf: (repository) => this.#testOf(repository),
      test: (repository) => void this.#runTest(repository),
      listProjects: (more) => void this.#listProjects(more),
      connect: () => void this.#connect(),
      stop: () => {
        this.#run?.stop();
        this.requestUpdate();
      },
      answerProvider: (created) => {
        if (this.#checkpoint !== null) this.#checkpoint = { ...this.#checkpoint, providerCreated: created };
        void this.#connect();
      },
      startAnew: () => this.#startAnew(),
      connectMore: () => {
        this.#run = null;
        this.#model.startOver();
        this.#furthest = 0;
        this.#goTo('repositories');
      },
    };
  }

  #neighbour(distance: 1 | -1): StepName {
    const { steps } = this.#model;
    return steps[steps.indexOf(this.#step) + distance] ?? this.#step;
  }

  #goTo(step: StepName): void {
    if (this.#busy) return;
    this.#model.hideSecrets();
    if (step !== this.#step) this.#model.restored = null;
    this.#summary = false;
    this.#copied = null;
    this.#step = step;
    this.#furthest = Math.max(this.#furthest, this.#model.steps.indexOf(step));
    this.#moveFocus('heading');
    this.dispatchEvent(new StepEvent(step));
  }

  #goOn(): void {
    const fields = this.#model.fieldsOf(this.#step);
    for (const field of fields) field.judge();
    const waiting = !this.#model.lines.empty && (this.#step === 'repositories' || this.#step === 'review');
    if (waiting) {
      // The rail leads past it too.
      if (this.#step === 'review') this.#goTo('repositories');
      this.#model.adding = 'lines';
    }
    const blocked =
      waiting || fields.some((field) => field.wrong) || (this.#step === 'review' && !this.#model.preview().ok);
    if (blocked) {
      this.#summary = true;
      this.#moveFocus('summary');
    } else if (this.#step === 'review') void this.#connect();
    else this.#goTo(this.#neighbour(1));
  }

  #settle(field: Field): void {
    const model = this.#model;
    if (field === model.baseUrl) model.baseUrlChanged();
    model.projects.keepFor(model.listing);
    this.requestUpdate();
  }

  #testOf(repository: Repository | null): TokenTest {
    const known = this.#tests.get(repository);
    if (known !== undefined) return known;
    const test = new TokenTest(this.#model, repository);
    this.#tests.set(repository, test);
    return test;
  }

  async #runTest(repository: Repository | null): Promise<void> {
    const model = this.#model;
    const fields = [model.baseUrl, ...(repository === null ? [model.token] : [repository.url, repository.token])];
    for (const field of fields) field.judge();
    const wrong = fields.find((field) => field.wrong);
    if (wrong !== undefined || model.canonicalBaseUrl === null) {
      this.#moveFocus((wrong ?? model.baseUrl).id);
      return;
    }
    if (model.asksForHttp && !model.allowHttp) {
      this.#moveFocus(`${(repository ?? model).token.id}-allow-http`);
      return;
    }
    const test = this.#testOf(repository);
    const running = test.run(this.#fetch);
    this.#announce(this.#texts.of('token.testing'), () => test.running);
    await running;
    // How far it reaches is a second question, and only of a token that might do.
    if (repository === null && test.verdict === 'ok') await this.#listProjects();
    const { verdict } = test;
    const stillTrue = () => test.done && test.verdict === verdict;
    if (stillTrue()) this.#announce(this.#texts.of(`token.verdict_${verdict}`), stillTrue);
    this.requestUpdate();
  }

  async #listProjects(more = false): Promise<void> {
    const { projects, listing, asksForHttp, allowHttp } = this.#model;
    if (listing === null || (more && projects.running)) return;
    if (asksForHttp && !allowHttp) {
      this.#moveFocus('projects-allow-http');
      return;
    }
    const known = projects.found?.length ?? 0;
    const listed = more ? projects.goOn(listing, this.#fetch) : projects.start(listing, this.#fetch);
    this.requestUpdate();
    await listed;
    const { found, failure, issues } = projects;
    const error = issues.find(({ severity }) => severity === 'error');
    if (failure !== undefined) this.#announce(this.#texts.of(networkText(failure)));
    else if (error !== undefined) this.#announce(this.#texts.issue(error));
    else if (found !== null) this.#announce(this.#texts.count('pick.found', found.length - (more ? known : 0)));
  }

  get #fetch(): typeof globalThis.fetch {
    return this.fetch ?? ((input, init) => globalThis.fetch(input, init));
  }

  async #connect(): Promise<void> {
    if (this.#busy) return;
    if (!this.dispatchEvent(new StartEvent())) return;
    this.#run = null;
    this.#goTo('connect');
    let run = await this.#work();
    if (run.begunElsewhere) {
      // The entries are others now, so the job begins anew; what is connected stays so.
      this.#checkpoint = null;
      run = await this.#work();
    }
    if (run.report?.outcome === 'connected') {
      this.#checkpoint = null;
      this.#forget();
    }
    this.#keep();
    this.#moveFocus('heading');
    if (run.report !== null) this.dispatchEvent(new EndEvent(run.report));
  }

  /** One call of `connect`, which goes on where the last one stopped. */
  async #work(): Promise<Run> {
    const plan = this.#model.plan();
    const titles = this.#model.filledRepositories.map((repository) => repository.title);
    const run = new Run(plan, titles, (event) => {
      this.dispatchEvent(new ProgressEvent(event));
      if (event.type === 'repository') this.#announceRepository(run, event.repository);
      this.requestUpdate();
    });
    this.#run = run;
    const { storage } = this;
    const held: { release: Release | null; byOther: boolean } = { release: null, byOther: false };
    // Without a storage no other tab can know of the job.
    const take = async (checkpoint: Checkpoint | null) => {
      if (storage === undefined || checkpoint === null) return;
      held.release ??= await takeJob(storage, checkpoint);
      held.byOther = held.release === null;
    };
    addEventListener('beforeunload', warnBeforeUnload);
    await take(this.#checkpoint);
    if (!held.byOther)
      await run.start(plan, {
        fetch: this.#fetch,
        ...(this.#checkpoint !== null && { resume: this.#checkpoint }),
        onCheckpoint: async (checkpoint) => {
          // Of a new job this comes before the first POST.
          await take(checkpoint);
          if (held.byOther) throw new Error('another tab runs this job');
          this.#checkpoint = checkpoint;
          this.#keep();
          this.#tell({ isRunning: true });
        },
      });
    run.leftToOther = held.byOther;
    await held.release?.();
    if (held.release !== null) this.#tell({ isRunning: false });
    removeEventListener('beforeunload', warnBeforeUnload);
    return run;
  }

  get #busy(): boolean {
    return this.#run !== null && !this.#run.ended;
  }

  /** Keeps what is typed, apart from tokens, where the page has said so. */
  #keep(): void {
    if (this.storage === undefined) return;
    const done = this.report?.outcome === 'connected';
    keepDraft(this.storage, done ? null : this.#draft);
  }

  get #draft(): Draft {
    return this.#model.draft(this.#step, this.#checkpoint);
  }

  /** Fills in what was kept. */
  #restore(storage: Storage): void {
    const draft = readDraft(storage);
    if (draft === null) return;
    if (draft === 'unreadable') {
      keepDraft(storage, null);
      this.#model.restored = draft;
      return;
    }
    this.#model.restore(draft);
    this.#checkpoint = draft.checkpoint;
    this.#takeUp(draft.step);
  }

  /** Tells the other tabs how far the job came, and whether this one still has it. */
  #tell({ isRunning }: { isRunning: boolean }): void {
    this.#channel?.postMessage([JSON.stringify(this.#draft), isRunning]);
  }

  /** Another tab tells how far a job came; where it is the one that this tab would resume, it goes on from there. */
  readonly #hear = ({ data }: MessageEvent<unknown>) => {
    if (this.#busy || this.storage === undefined || !Array.isArray(data)) return;
    const [kept, isRunning] = data;
    const known = this.#checkpoint;
    const told = draftOf(kept)?.checkpoint;
    if (!told || told.plan !== known?.plan || told.startedAt !== known.startedAt) return;
    this.#checkpoint = told;
    this.#keep();
    if (isRunning === false) forgetMark(this.storage, told);
  };

  #listen(): void {
    this.#channel ??= new BroadcastChannel(storageKey);
    this.#channel.onmessage = this.#hear;
  }

  #stopListening(): void {
    this.#channel?.close();
    this.#channel = null;
  }

  /** Goes to a step, or before it where something is missing: the tokens, if nothing else. */
  #takeUp(step: StepName): void {
    const model = this.#model;
    const { steps } = model;
    const reached = Math.min(steps.indexOf(step), steps.indexOf('review'));
    const open = steps.findIndex((step) => model.fieldsOf(step).some((field) => !field.passes));
    this.#furthest = Math.max(0, open < 0 ? reached : Math.min(open, reached));
    this.#step = steps[this.#furthest] ?? 'method';
    model.restored = this.#checkpoint === null ? 'entries' : 'job';
  }

  #startAnew(): void {
    this.#checkpoint = null;
    this.#run = null;
    this.#forget();
    this.#model.empty();
    this.#furthest = 0;
    this.#goTo('method');
  }

  #announceRepository(run: Run, index: number): void {
    const { repositories, titles } = run;
    const state = repositories[index];
    if (state === undefined || state.outcome === 'not_started') return;
    // Of many, how many are done is told instead.
    const many = repositories.length > 5;
    const what = state.status ?? this.#texts.of(`outcome.${state.outcome}`);
    this.#announce(many ? this.#texts.of('connect.progress', run.progress) : `${titles[index] ?? ''}: ${what}`);
  }

  /** Says the last of what happens in a short while, so that nobody is talked over. */
  #announce(text: string, stillTrue: () => boolean = () => true): void {
    clearTimeout(this.#saying);
    this.#stillTrue = stillTrue;
    this.#saying = setTimeout(() => {
      // The same text twice would not be read again.
      this.#said = text === this.#said ? `${text}\u00a0` : text;
      this.requestUpdate();
    }, 300);
    this.requestUpdate();
  }

  #saySilence(): void {
    clearTimeout(this.#saying);
    this.#said = '';
    this.#stillTrue = () => true;
  }

  async #copy(text: string): Promise<void> {
    try {
      // Over plain http there is no clipboard at all.
      await navigator.clipboard.writeText(text);
      this.#copied = text;
      this.#announce(this.#texts.of('action.copied'));
    } catch {
      this.#announce(this.#texts.of('action.copy_failed'));
    }
  }

  #moveFocus(id: string): void {
    this.#focus = id;
    this.requestUpdate();
  }

  #forget(): void {
    for (const test of this.#tests.values()) test.forget();
    this.#tests.clear();
    this.#model.forgetSecrets();
    // The inputs hold them too, also when the element is no longer in the document.
    this.requestUpdate();
  }
}

/** The browser asks whether the user means it; while a job runs, that is wanted. */
function warnBeforeUnload(event: Event): void {
  event.preventDefault();
}

declare global {
  interface HTMLElementTagNameMap {
    'torque-gitlab-connect': TorqueGitlabConnect;
  }
  interface HTMLElementEventMap extends TorqueGitlabConnectEventMap {}
}
