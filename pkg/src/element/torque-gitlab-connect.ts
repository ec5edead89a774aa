/**
 * `<torque-gitlab-connect>`: the whole way from an empty form to connected repositories. This file is the class without
 * side effects; `./define.js` registers it.
 */

import {
  type CSSResult,
  html,
  LitElement,
  type PropertyDeclaration,
  type PropertyValues,
  render,
  type TemplateResult,
  unsafeCSS,
} from 'lit';
import type { Method, Policy, Report } from '../index.js';
import { checkPortalUrl, WasmBlockedError } from '../index.js';
import { Announcer } from './controllers/announcer.js';
import { Focus } from './controllers/focus.js';
import { Jobs } from './controllers/jobs.js';
import { Language, Languages } from './controllers/language.js';
import { Modal } from './controllers/modal.js';
import { Questions } from './controllers/questions.js';
import {
  BeforeConnectEvent,
  BeforeRequestEvent,
  EndEvent,
  ErrorsEvent,
  JobProgressEvent,
  type Recipient,
  type ShownError,
  StartEvent,
  StepEvent,
  type StepName,
  stepNames,
  type TorqueGitlabConnectEventMap,
} from './events.js';
import { type Draft, defaultKey, readDraft, storeDraft } from './state/draft.js';
import type { Field } from './state/field.js';
import { fitting, fittingEntries, plainPolicy } from './state/given.js';
import { type Entries, type EntriesWithTokens, Model } from './state/model.js';
import { type Mistake, obstacleBefore } from './state/obstacle.js';
import type { Run } from './state/run.js';
import styles from './styles.css';
import type { MessageKey, Messages, Texts } from './texts/messages.js';
import { note } from './views/components.js';
import { pageSize } from './views/pager.js';
import { stepper } from './views/stepper.js';
import { connectStep } from './views/steps/connect.js';
import { gitlabStep } from './views/steps/gitlab.js';
import { methodStep } from './views/steps/method.js';
import { repositoriesStep } from './views/steps/repositories.js';
import { reviewStep } from './views/steps/review.js';
import { torqueStep } from './views/steps/torque.js';
import type { Paged, View } from './views/view.js';

export type { Languages } from './controllers/language.js';
export * from './events.js';
export type { Entries, EntriesWithTokens } from './state/model.js';
export { english, type MessageKey, type Messages, type PluralForms, type Text } from './texts/messages.js';

/** Sends a request in place of the platform's `fetch`. `about.to` says to whom it goes: what belongs to Torque is never for GitLab. */
export type Fetch = (url: string, init: RequestInit, about: { to: Recipient }) => Promise<Response>;

const drawings: Record<StepName, (view: View) => unknown> = {
  method: methodStep,
  gitlab: gitlabStep,
  repositories: repositoriesStep,
  torque: torqueStep,
  review: reviewStep,
  connect: connectStep,
};

/** No secret is an attribute: React and Vue write some where the element is not defined yet, Vue also the source of a function. */
const refused = ['torque-token', 'torquetoken', 'token', 'gettorquetoken'];

/** Nor a property that everyone on the page could read. */
const noProperties = ['torqueToken', 'token'];

/**
 * The form. Its language is that of the nearest `lang` attribute.
 *
 * @slot header - Above the steps.
 * @slot help - Below the panel.
 * @slot footer - Below everything.
 * @slot method - In the step of this name, above its buttons; so are the next four.
 * @slot gitlab - The GitLab.
 * @slot repositories - The repositories.
 * @slot torque - The Torque space.
 * @slot review - The review.
 * @slot connect - The job, below its progress and its report.
 * @csspart frame - The steps and the panel.
 * @csspart steps - The list of steps.
 * @csspart step - One of them.
 * @csspart marker - Its number, or its tick.
 * @csspart panel - The box of the present step.
 * @csspart heading - The heading of the step.
 * @csspart subheading - A heading inside it.
 * @csspart lead - The sentence below the heading.
 * @csspart restored - Says that entries were restored after a reload.
 * @csspart summary - All that is wrong in a step.
 * @csspart callout - A box that states something.
 * @csspart card - A method to choose.
 * @csspart choice - Something to choose or to tick.
 * @csspart actions - The buttons at the end of a step.
 * @csspart button - Every button; those that go forward are `primary` too.
 * @csspart primary - The button that goes forward.
 * @csspart suggestion - A button that takes what is suggested.
 * @csspart field - A label with its input and verdict.
 * @csspart label - The label.
 * @csspart hint - The sentence below the label.
 * @csspart input - The input itself.
 * @csspart verdict - The issues of a field.
 * @csspart note - One sentence of it, with its icon.
 * @csspart checklist - What is asked of a token, and what GitLab says.
 * @csspart repository - One repository of the list.
 * @csspart comparison - The drawing of the base URL over the repository URL.
 * @csspart adding - Where many repositories are added at once.
 * @csspart answers - The entries, in the review.
 * @csspart request - A request, or a text to copy.
 * @csspart code - The text itself.
 * @csspart progress - How far the job is.
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
 * @cssprop --torque-gitlab-connect-good - What is right.
 * @cssprop --torque-gitlab-connect-warn - What should be looked at.
 * @cssprop --torque-gitlab-connect-bad - What is wrong.
 * @cssprop --torque-gitlab-connect-radius - Of corners.
 * @cssprop --torque-gitlab-connect-font - The family of the text.
 * @cssprop --torque-gitlab-connect-code-font - The family of addresses and code.
 * @cssstate busy - Connect was pressed, and the job has not ended.
 * @fires {StepEvent} torque-gitlab-connect-step - The user is at another step.
 * @fires {ErrorsEvent} torque-gitlab-connect-errors - Other errors are shown than before, or none any more.
 * @fires {TokenTestedEvent} torque-gitlab-connect-token-tested - GitLab was asked about a token.
 * @fires {BeforeConnectEvent} torque-gitlab-connect-before-connect - The user pressed Connect: the page may take its time, and refuse.
 * @fires {BeforeRequestEvent} torque-gitlab-connect-before-request - A request is about to go out, which the page may refuse.
 * @fires {StartEvent} torque-gitlab-connect-start - A job begins, or goes on.
 * @fires {JobProgressEvent} torque-gitlab-connect-progress - Something happened on the way.
 * @fires {EndEvent} torque-gitlab-connect-end - The job has ended, well or not.
 */
export class TorqueGitlabConnectElement extends LitElement {
  /** The rules of the shadow tree. */
  static override styles: CSSResult = unsafeCSS(styles);
  /** Texts by language tag (`de`, `pt-BR`), for every element whose nearest `lang` says so; English where there are none. */
  static readonly languages: Languages = new Languages();
  /** @hidden Lit's; each has its text below. */
  static override properties = {
    portalUrl: { attribute: 'portal-url' },
    publicPortalUrl: { attribute: 'public-portal-url' },
    space: {},
    baseUrl: { attribute: 'base-url' },
    method: {},
    steps: {},
    step: { noAccessor: true },
    fixed: {},
    disabled: { type: Boolean },
    headingLevel: { attribute: 'heading-level', type: Number },
    storageKey: { attribute: 'storage-key' },
    entries: { attribute: false, noAccessor: true },
    getTorqueToken: { attribute: false },
    fetch: { attribute: false },
    policy: { attribute: false },
    messages: { attribute: false },
    storage: { attribute: false },
  };

  /** Registers the element. Under a tag that is taken already, the first one stays. */
  static define(tag = 'torque-gitlab-connect'): void {
    if (customElements.get(tag) !== undefined) return;
    // A class has one tag; under any other it is a class of its own.
    customElements.define(
      tag,
      tag === 'torque-gitlab-connect' ? TorqueGitlabConnectElement : class extends TorqueGitlabConnectElement {},
    );
  }

  /** @hidden Lit's own: a value that does not fit is not set. */
  protected static override getPropertyDescriptor(
    name: PropertyKey,
    key: string | symbol,
    options: PropertyDeclaration,
  ): PropertyDescriptor | undefined {
    // biome-ignore lint/complexity/noThisInStatic: Lit's accessors are about the class that they are asked of
    const descriptor = super.getPropertyDescriptor(name, key, options);
    const set = descriptor?.set;
    if (set === undefined) return descriptor;
    return {
      ...descriptor,
      set(value: unknown) {
        set.call(this, fitting(String(name), value));
      },
    };
  }

  /** @hidden Lit's own, and those that are refused. */
  static override get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: Lit's getter is about the class that it is asked of
    return [...super.observedAttributes, ...refused];
  }

  /** Torque URL. Given here, it is not asked. */
  declare portalUrl: string | null | undefined;
  /** Where the user finds Torque, when `portalUrl` is a proxy. */
  declare publicPortalUrl: string | null | undefined;
  /** Name of the space. Given here, it is not asked. */
  declare space: string | null | undefined;
  /** GitLab base URL. Given here, it is not asked. */
  declare baseUrl: string | null | undefined;
  /** The method that is chosen at first; with `method` among `fixed`, or without its step, the only one. */
  declare method: Method['kind'] | null | undefined;
  /** The steps that are shown, with blanks between; all by default. What a step would ask must then be given. The job itself is always shown. */
  declare steps: string | null | undefined;
  /** The names in `entries`, with blanks between, that the user cannot change: `method`, `existing`, `name`, `baseUrl`, `portalUrl`, `space`, `repositories`. */
  declare fixed: string | null | undefined;
  /** Whether nothing can be used. */
  declare disabled: boolean;
  /** The level of the step's heading, 2 by default; headings in it are one deeper. */
  declare headingLevel: number | null | undefined;
  /** Under which key entries are kept in `storage`, for a page with several forms. */
  declare storageKey: string | null | undefined;
  /**
   * Signs the requests to Torque: asked for the Torque API token when a job begins or goes on, so the user is not asked. It is kept
   * until the job ends. `null` means that no token is needed: the portal's proxy or `fetch` signs.
   */
  declare getTorqueToken: (() => string | null | Promise<string | null>) | null | undefined;
  /** Sends every request, in place of the platform's `fetch`. Whoever signs stays the same. */
  declare fetch: Fetch | null | undefined;
  /** How the job is done, see the package's `Policy`. */
  declare policy: Policy | null | undefined;
  /** Texts in place of those of the language. */
  declare messages: Messages | undefined;

  /**
   * Where entries are kept, tokens apart, so that a reload loses nothing and an interrupted job goes on: the page's
   * `sessionStorage`. Without it nothing is kept.
   */
  declare storage: Storage | null | undefined;

  readonly #model = new Model();
  readonly #language = new Language(this, TorqueGitlabConnectElement.languages);
  readonly #announcer = new Announcer(this);
  readonly #focus = new Focus(this);
  readonly #jobs = new Jobs(this, {
    storage: () => this.storage ?? undefined,
    storageKey: () => this.#key,
    draft: () => this.#draft,
    store: () => this.#store(),
    fetch: (recipientOf) => this.#fetch(recipientOf),
    onEvent: (event, run) => {
      this.dispatchEvent(new JobProgressEvent(event));
      if (event.type === 'repository') this.#announceRepository(run, event.repository);
    },
  });
  readonly #questions = new Questions(this, {
    model: this.#model,
    language: this.#language,
    announcer: this.#announcer,
    fetch: () => this.#fetch(() => 'gitlab'),
    focus: (id) => this.#moveFocus(id),
  });
  readonly #internals = this.attachInternals();
  readonly #pages = new Map<Paged, number>();
  /** Why nothing can be judged here. */
  #blocked: string | null = null;
  #step: StepName = 'method';
  /** Where the page wants to begin. */
  #first: StepName | null = null;
  #furthest: StepName = 'method';
  #validSteps: ReadonlySet<StepName> = new Set();
  #typing = false;
  #mistakes: readonly Mistake[] = [];
  #errors = '[]';
  #entries = '';
  /** Of the last press of Connect, as long as the page has not answered. */
  #asking: symbol | null = null;
  #copied: string | null = null;
  #storing: ReturnType<typeof setTimeout> | undefined;
  /** The page is left, maybe for the back/forward cache: no token is kept there, and no request goes on unseen. */
  readonly #leave = () => {
    this.#store();
    this.#asking = null;
    this.#jobs.stop();
    this.#forget();
    this.#jobs.stopListening();
  };
  /** Out of the back/forward cache it goes on as after a reload. */
  readonly #comeBack = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) return;
    this.#jobs.listen();
    // WebKit has emptied what has `autocomplete="off"`, without an event: everything is rendered anew.
    render(null, this.renderRoot, this.renderOptions);
    if (this.#step !== 'method' && this.report?.outcome !== 'connected') this.#comeBackTo(this.#step);
    this.requestUpdate();
  };

  constructor() {
    super();
    this.addController(new Modal(this));
    for (const name of noProperties) {
      if (!Object.hasOwn(this, name)) continue;
      Reflect.deleteProperty(this, name);
      refuse(`The property ${name}`);
    }
  }

  /** The step that is shown. Set, it is where the form begins, or goes to as `goTo` does. */
  get step(): StepName {
    return this.#step;
  }

  set step(step: StepName | null | undefined) {
    if (step === null || step === undefined) return;
    if (this.hasUpdated) this.goTo(step);
    else this.#first = step;
  }

  /**
   * What is entered, without tokens. Set, it is filled in as if it were typed, and tokens in it are left out; the same entries once
   * more change nothing, so that a page may draw anew as often as it likes. Empty where the page forbids wasm.
   */
  get entries(): Entries {
    if (this.#isBlocked()) return {};
    this.#flush();
    return this.#model.entries;
  }

  set entries(entries: Entries | null | undefined) {
    if (this.#isBlocked()) return;
    const read = fittingEntries(entries ?? {});
    const given = JSON.stringify(read, (key, value) => (/^(torqueT|t)oken$/.test(key) ? undefined : value));
    if (given === this.#entries) return;
    this.#entries = given;
    if (entries) this.#fill(JSON.parse(given));
  }

  /** What the last job came to, without secrets. */
  get report(): Report | null {
    return this.#jobs.run?.report ?? null;
  }

  /** Fills in what is given, tokens too, as if it were typed; never over what the page has given by an attribute. */
  fill(entries: EntriesWithTokens): void {
    if (this.#isBlocked()) return;
    this.#fill(fittingEntries(entries));
  }

  /** Goes to a step that the user has reached, as the browser's Back may ask for. At any other, and while a job runs, it stays where it is. */
  goTo(step: StepName): void {
    this.#flush();
    this.#judgeSteps();
    if (step !== this.#step && this.#open.has(step)) this.#goTo(step);
  }

  /** Whether `connect` would take what is entered. Nothing is shown. */
  checkValidity(): boolean {
    this.#flush();
    const model = this.#model;
    return model.steps.every((step) => model.isValid(step)) && model.preview().ok;
  }

  /**
   * Presses Connect: resolves to the report, or to `null` where nothing was sent, because something is missing (it is shown then),
   * the page refused, or a job runs.
   */
  async connect(): Promise<Report | null> {
    this.#flush();
    if (this.#busy) return null;
    const obstacle = obstacleBefore('connect', this.#step, this.#model);
    if (obstacle !== null) {
      this.#show(obstacle.step, obstacle.mistakes);
      return null;
    }
    return this.#connect();
  }

  /** Moves the focus to the heading of the step, or to the list of errors. */
  override focus(options?: FocusOptions): void {
    const target = this.renderRoot.querySelector<HTMLElement>('#summary, #heading');
    if (target === null) this.#moveFocus('heading');
    else target.focus(options);
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    if (!refused.includes(name)) super.attributeChangedCallback(name, old, value);
    else if (value !== null) {
      this.removeAttribute(name);
      refuse(`The attribute ${name}`);
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pagehide', this.#leave);
    addEventListener('pageshow', this.#comeBack);
  }

  /** A node that moves is taken out and put in again. Only what is still out after a turn of the event loop has left. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pagehide', this.#leave);
    removeEventListener('pageshow', this.#comeBack);
    setTimeout(() => {
      if (this.isConnected) return;
      clearTimeout(this.#storing);
      this.#leave();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.#isBlocked()) return;
    const model = this.#model;
    if (changed.has('policy')) model.policy = plainPolicy(this.policy);
    if (changed.has('getTorqueToken')) model.signedByPage = Boolean(this.getTorqueToken);
    if (changed.has('steps')) {
      const shown = stepNames.filter((step) => wordsOf(this.steps)?.includes(step));
      model.shownSteps = shown.length === 0 ? null : shown;
    }
    if (changed.has('fixed')) model.fixed = new Set(wordsOf(this.fixed));
    if (changed.has('method')) {
      model.givenMethod = Boolean(this.method);
      if (this.method) model.kind = this.method;
    }
    if (changed.has('portalUrl')) model.give(model.portalUrl, this.portalUrl);
    if (changed.has('publicPortalUrl')) model.publicPortalUrl = this.publicPortalUrl ?? undefined;
    if (changed.has('space')) model.give(model.space, this.space);
    if (changed.has('baseUrl')) model.give(model.baseUrl, this.baseUrl);
    if (changed.has('storageKey') && this.isConnected) this.#jobs.listen();
    if (!this.hasUpdated) this.#takeUp(this.#first ?? 'method');
    if ((changed.has('storage') || changed.has('storageKey')) && this.storage) this.#restore(this.storage);
    if (!model.steps.includes(this.#step)) this.#leaveVanished();
    if (!this.#typing && !this.#busy) this.#judgeSteps();
    this.#typing = false;
    const { states } = this.#internals;
    if (this.#busy) states.add('busy');
    else states.delete('busy');
  }

  protected override updated(): void {
    if (this.#blocked !== null) return;
    this.#dispatchErrors();
    // Every field is judged for it, so not with each key stroke.
    clearTimeout(this.#storing);
    this.#storing = setTimeout(() => this.#store(), 300);
  }

  protected override render(): TemplateResult {
    const { language, direction } = this.#texts;
    const view = this.#view;
    const content =
      this.#blocked === null
        ? html`${stepper(view)}
            <section class="panel" part="panel" aria-labelledby="heading" aria-busy=${this.#asking !== null}>${drawings[this.#step](view)}</section>`
        : html`<section class="panel" part="panel">${note('bad', 'failed', html`<div role="alert">${this.#blocked}</div>`)}</section>`;
    return html`
      <slot name="header"></slot>
      <fieldset
        class="frame"
        part="frame"
        role="none"
        lang=${language}
        dir=${direction}
        ?disabled=${Boolean(this.disabled) || this.#asking !== null}
      >
        ${content}
      </fieldset>
      <slot name="help"></slot>
      <slot name="footer"></slot>
      <div class="only-read" role="status" lang=${language} dir=${direction}>${this.#announcer.text}</div>
    `;
  }

  /** Asked before the first update too: Lit reads properties then, and a page may have set them. */
  #isBlocked(): boolean {
    this.#blocked ??= blockedMessage();
    return this.#blocked !== null;
  }

  #fill(entries: EntriesWithTokens): void {
    this.#model.fill(entries);
    this.requestUpdate();
  }

  /** What was set just before counts, also before it is drawn. */
  #flush(): void {
    if (this.hasUpdated) this.performUpdate();
  }

  get #texts(): Texts {
    return this.#language.texts;
  }

  get #key(): string {
    return this.storageKey || defaultKey;
  }

  get #busy(): boolean {
    return this.#asking !== null || this.#jobs.busy;
  }

  /** As it is now; a drawing keeps that of its time. */
  get #view(): View {
    return {
      model: this.#model,
      texts: this.#texts,
      step: this.#step,
      open: this.#open,
      validSteps: this.#validSteps,
      level: this.headingLevel || 2,
      pages: this.#pages,
      run: this.#jobs.run,
      mistakes: this.#mistakes,
      copied: this.#copied,
      update: () => this.requestUpdate(),
      typed: () => {
        this.#typing = true;
        this.requestUpdate();
      },
      announce: (text, stillTrue) => this.#announcer.say(text, stillTrue),
      copy: (text) => void this.#copy(text),
      focus: (id) => this.#moveFocus(id),
      visit: (step) => this.#visit(step),
      goBack: () => this.#goTo(this.#neighbour(-1)),
      goOn: () => {
        const next = this.#neighbour(1);
        if (next === 'connect') void this.connect();
        else this.#visit(next);
      },
      settle: (field) => this.#settle(field),
      testOf: (repository) => this.#questions.testOf(repository),
      test: (repository) => void this.#questions.test(repository),
      listProjects: (more) => void this.#questions.listProjects(more),
      connect: () => void this.connect(),
      stop: () => this.#jobs.stop(),
      answerProvider: (created) => {
        const { checkpoint } = this.#jobs;
        if (checkpoint !== null) this.#jobs.checkpoint = { ...checkpoint, providerCreated: created };
        void this.connect();
      },
      startAnew: () => this.#startAnew(),
      connectMore: () => {
        this.#jobs.run = null;
        this.#model.startOver();
        this.#furthest = 'method';
        this.#goTo('repositories');
      },
    };
  }

  #neighbour(distance: 1 | -1): StepName {
    const { steps } = this.#model;
    return steps[steps.indexOf(this.#step) + distance] ?? this.#step;
  }

  /** What can be opened: what was reached, as long as all steps before it are valid, while no job runs. */
  get #open(): ReadonlySet<StepName> {
    const { steps } = this.#model;
    const { run } = this.#jobs;
    if (this.#busy) return new Set();
    const invalid = steps.findIndex((step) => !this.#validSteps.has(step));
    const reached = stepNames.indexOf(this.#furthest);
    return new Set(
      steps.filter((step, index) => {
        const behind = invalid >= 0 && index > invalid;
        return !behind && stepNames.indexOf(step) <= reached && (run !== null || step !== 'connect');
      }),
    );
  }

  #judgeSteps(): void {
    const model = this.#model;
    this.#validSteps = new Set(model.steps.filter((step) => model.isValid(step)));
  }

  #goTo(step: StepName): void {
    if (this.#busy) return;
    this.#model.hideSecrets();
    if (step !== this.#step) this.#model.restored = null;
    this.#mistakes = [];
    this.#copied = null;
    this.#announcer.silence();
    this.#step = step;
    if (stepNames.indexOf(step) > stepNames.indexOf(this.#furthest)) this.#furthest = step;
    this.#moveFocus('heading');
    this.dispatchEvent(new StepEvent(step));
  }

  /** Goes to a step, or to the one before it that has to be put right first. */
  #visit(step: StepName): void {
    if (this.#busy || step === this.#step) return;
    const obstacle = obstacleBefore(step, this.#step, this.#model);
    if (obstacle !== null) this.#show(obstacle.step, obstacle.mistakes);
    else this.#goTo(step);
  }

  #show(step: StepName, mistakes: readonly Mistake[]): void {
    // What was made readable is hidden again by every Continue, also by one that finds an error.
    this.#model.hideSecrets();
    if (step !== this.#step) this.#goTo(step);
    this.#mistakes = mistakes;
    this.#moveFocus('summary');
  }

  #dispatchErrors(): void {
    const failed = this.renderRoot.querySelector('.outcome.bad') !== null;
    const shown = (path: readonly unknown[], code: ShownError['code']): ShownError => ({ field: path.join('.'), code });
    const { issues = [], repositories = [] } = (failed && this.report) || {};
    const errors = [
      ...this.#mistakes.flatMap(({ field, code }) => (code === null ? [] : [{ field, code }])),
      ...issues.map(({ path, code }) => shown(path, code)),
      ...repositories.flatMap(({ index, issues }) => issues.map(({ code }) => shown(['repositories', index], code))),
    ];
    const visible = failed || this.#mistakes.length > 0;
    const shownErrors = JSON.stringify([visible, errors]);
    if (shownErrors === this.#errors || (!visible && this.#errors === '[]')) return;
    this.#errors = visible ? shownErrors : '[]';
    this.dispatchEvent(new ErrorsEvent(visible, errors));
  }

  #settle(field: Field): void {
    const model = this.#model;
    if (field === model.baseUrl) model.baseUrlChanged();
    this.requestUpdate();
  }

  /** In place of the platform's `fetch`: the page's own, after it was asked whether this request may go. */
  #fetch(recipientOf: (url: string) => Recipient): typeof globalThis.fetch {
    return async (input, init = {}) => {
      const url = String(input);
      const to = recipientOf(url);
      const event = new BeforeRequestEvent(to, init.method ?? 'GET', url);
      this.dispatchEvent(event);
      const { refusal } = event;
      if (refusal === null) return this.fetch ? this.fetch(url, init, { to }) : globalThis.fetch(url, init);
      // GitLab was not asked. Torque's answers are shown word for word, and a proxy that refuses answers so.
      if (to === 'gitlab') throw new TypeError('refused by the page');
      const error = refusal || this.#texts.of('connect.refused');
      return new Response(JSON.stringify({ error, refusedBy: 'proxy' }), { status: 403 });
    };
  }

  async #connect(): Promise<Report | null> {
    const model = this.#model;
    // What the page has seen is what is done, whatever is entered meanwhile.
    const plan = model.plan();
    const titles = model.filledRepositories.map((repository) => repository.title);
    const press = Symbol('a press of Connect');
    this.#asking = press;
    this.requestUpdate();
    const refusal = await this.#ask(model.planWithoutTokens());
    const { pageTorqueToken: torqueToken } = model;
    const hasLeft = this.#asking !== press;
    if (hasLeft) model.pageTorqueToken = '';
    else this.#asking = null;
    this.requestUpdate();
    if (hasLeft) return null;
    if (refusal !== null) {
      this.#show(this.#step === 'connect' ? this.#neighbourOfConnect : this.#step, [
        { id: null, field: '', code: null, text: (texts) => refusal || texts.of('connect.refused') },
      ]);
      return null;
    }
    this.#jobs.run = null;
    this.dispatchEvent(new StartEvent());
    this.#goTo('connect');
    const run = await this.#jobs.work({ ...plan, ...(torqueToken !== '' && { torqueToken }) }, titles);
    model.pageTorqueToken = '';
    if (run.report?.outcome === 'connected') this.#forget();
    this.#store();
    this.#moveFocus('heading');
    if (run.report !== null) this.dispatchEvent(new EndEvent(run.report));
    return run.report;
  }

  /** Asks the page whether the job may begin, and for its Torque token. What it refuses with; `null` where it does not. */
  async #ask(plan: BeforeConnectEvent['plan']): Promise<string | null> {
    try {
      const event = new BeforeConnectEvent(plan);
      this.dispatchEvent(event);
      const refusal = await event.settled();
      if (refusal !== null) return refusal;
      const token: unknown = (await this.getTorqueToken?.()) ?? '';
      if (typeof token !== 'string') return this.#texts.of('connect.no_torque_token');
      this.#model.pageTorqueToken = token;
      return null;
    } catch {
      return this.#texts.of('connect.no_torque_token');
    }
  }

  get #neighbourOfConnect(): StepName {
    return this.#model.steps.at(-2) ?? 'connect';
  }

  /** Stores what is typed, apart from tokens, where the page has set `storage`. */
  #store(): void {
    if (!this.storage) return;
    const done = this.report?.outcome === 'connected';
    storeDraft(this.storage, this.#key, done ? null : this.#draft);
  }

  get #draft(): Draft {
    return this.#model.draft(this.#step, this.#jobs.checkpoint);
  }

  /** Fills in what was stored. */
  #restore(storage: Storage): void {
    const draft = readDraft(storage, this.#key);
    if (draft === null) return;
    if (draft === 'unreadable') {
      storeDraft(storage, this.#key, null);
      this.#model.restored = draft;
      return;
    }
    this.#model.restore(draft);
    this.#jobs.checkpoint = draft.checkpoint;
    this.#comeBackTo(draft.step);
  }

  #comeBackTo(step: StepName): void {
    this.#takeUp(step);
    this.#model.restored = this.#jobs.checkpoint === null ? 'entries' : 'job';
  }

  /** Begins at a step, or before it where something is missing: the tokens, if nothing else. */
  #takeUp(step: StepName): void {
    const model = this.#model;
    const { steps } = model;
    const last = steps.indexOf(this.#neighbourOfConnect);
    const wanted = Math.min(Math.max(0, steps.indexOf(step)), last);
    const invalid = steps.findIndex((step) => !model.isValid(step));
    this.#step = steps[invalid < 0 ? wanted : Math.min(invalid, wanted)] ?? 'connect';
    this.#furthest = this.#step;
  }

  /** The page has answered all that the present step asked: the next one is shown, and whoever was in it is led on. */
  #leaveVanished(): void {
    const { steps } = this.#model;
    const place = stepNames.indexOf(this.#step);
    this.#judgeSteps();
    const next = steps.find((step) => stepNames.indexOf(step) > place && step !== 'connect');
    const invalid = steps.find((step) => !this.#validSteps.has(step));
    const within = this.shadowRoot?.activeElement !== null;
    const reachable = next !== undefined && (invalid === undefined || steps.indexOf(invalid) >= steps.indexOf(next));
    this.#goTo((reachable ? next : invalid) ?? steps[0] ?? 'connect');
    if (!within) this.#focus.stay();
  }

  #startAnew(): void {
    this.#jobs.forget();
    this.#forget();
    this.#model.empty();
    const first = this.#model.steps[0] ?? 'connect';
    this.#furthest = first;
    this.#goTo(first);
  }

  #announceRepository(run: Run, index: number): void {
    const { repositories, titles } = run;
    const state = repositories[index];
    if (state === undefined || state.outcome === 'not_started') return;
    // Of many, the number of those that are done is announced instead.
    const many = repositories.length > 5;
    const what = state.status ?? this.#texts.of(`outcome.${state.outcome}`);
    this.#announcer.say(many ? this.#texts.of('connect.progress', run.progress) : `${titles[index] ?? ''}: ${what}`);
  }

  async #copy(text: string): Promise<void> {
    const say = (key: MessageKey) => this.#announcer.say(this.#texts.of(key));
    try {
      // Over plain http there is no clipboard at all.
      await navigator.clipboard.writeText(text);
      this.#copied = text;
      say('action.copied');
    } catch {
      say('action.copy_failed');
    }
  }

  #moveFocus(id: string): void {
    const place = this.#model.repositories.findIndex(({ key }) => id.startsWith(`repository-${key}-`));
    if (place >= 0) this.#pages.set('repositories', Math.floor(place / pageSize));
    this.#focus.move(id);
  }

  #forget(): void {
    this.#questions.forget();
    this.#model.forgetSecrets();
    // The inputs hold them too, also when the element is no longer in the document.
    this.requestUpdate();
  }
}

/** What the package says of a page that forbids WebAssembly; `null` of any other. */
function blockedMessage(): string | null {
  try {
    checkPortalUrl('');
    return null;
  } catch (error) {
    if (!(error instanceof WasmBlockedError)) throw error;
    return error.message;
  }
}

function wordsOf(text: string | null | undefined): string[] | null {
  return text?.split(/\s+/).filter((word) => word !== '') ?? null;
}

function refuse(what: string): void {
  console.warn(
    `<torque-gitlab-connect>: ${what} was ignored and removed: everyone on the page could read it. Set the property getTorqueToken to a function, once the element is defined.`,
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'torque-gitlab-connect': TorqueGitlabConnectElement;
  }
  interface GlobalEventHandlersEventMap extends TorqueGitlabConnectEventMap {}
}
