/** What the form asks GitLab before a job: about tokens, and which projects they reach. */

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { TokenTestedEvent } from '../events.js';
import type { Model } from '../state/model.js';
import type { Repository } from '../state/repository.js';
import { TokenTest } from '../state/token-test.js';
import { networkText } from '../texts/messages.js';
import type { Announcer } from './announcer.js';
import type { Language } from './language.js';

/** What the questions need of the form. */
type Needs = {
  readonly model: Model;
  readonly language: Language;
  readonly announcer: Announcer;
  readonly fetch: () => typeof globalThis.fetch;
  readonly focus: (id: string) => void;
};

/**
 * Asks on the user's action, never because a property has changed, and judges the answers again under another policy. So these
 * are no tasks of `@lit/task`, which run when their arguments change and keep one value for each set of arguments.
 */
export class Questions implements ReactiveController {
  readonly #tests = new Map<Repository | null, TokenTest>();

  constructor(
    private readonly host: ReactiveControllerHost & EventTarget,
    private readonly needs: Needs,
  ) {
    host.addController(this);
  }

  /** Answers are about what was asked; where that has changed, what was listed is dropped. */
  hostUpdate(): void {
    const { model } = this.needs;
    model.projects.forgetUnless(() => model.listing);
  }

  /** The test of the provider's token, or of a repository's. */
  testOf(repository: Repository | null): TokenTest {
    const known = this.#tests.get(repository);
    if (known !== undefined) return known;
    const test = new TokenTest(this.needs.model, repository);
    this.#tests.set(repository, test);
    return test;
  }

  /** Asks GitLab, if what it is asked with is right. */
  async test(repository: Repository | null): Promise<void> {
    const { model, language, announcer, focus } = this.needs;
    const fields = [model.baseUrl, ...(repository === null ? [model.token] : [repository.url, repository.token])];
    for (const field of fields) field.judge();
    const wrong = fields.find((field) => field.wrong);
    if (wrong !== undefined || model.canonicalBaseUrl === null) return focus((wrong ?? model.baseUrl).id);
    if (model.asksForHttp && !model.allowHttp) return focus(`${(repository ?? model).token.id}-allow-http`);
    const test = this.testOf(repository);
    const running = test.run(this.needs.fetch());
    announcer.say(language.texts.of('token.testing'), () => test.running);
    await running;
    // How far it reaches is a second question, and only of a token that might do.
    if (repository === null && test.verdict === 'ok') await this.listProjects();
    const { verdict } = test;
    const stillTrue = () => test.done && test.verdict === verdict;
    if (!stillTrue()) return;
    announcer.say(language.texts.of(`token.verdict_${verdict}`), stillTrue);
    const issues = [...(test.assessment()?.issues ?? []), ...(test.lookedUp?.issues ?? [])];
    const place = repository === null ? null : model.filledRepositories.indexOf(repository);
    this.host.dispatchEvent(
      new TokenTestedEvent(
        verdict,
        issues.map(({ code }) => code),
        place,
      ),
    );
  }

  /** Asks GitLab which projects the token reaches; `more` asks for the next page. */
  async listProjects(more = false): Promise<void> {
    const { model, language, announcer, focus } = this.needs;
    const { projects, listing, asksForHttp, allowHttp } = model;
    if (listing === null || (more && projects.running)) return;
    if (asksForHttp && !allowHttp) return focus('projects-allow-http');
    const known = projects.found?.length ?? 0;
    const fetch = this.needs.fetch();
    const means = { fetcher: fetch, timeoutMs: model.timeoutMs };
    const listed = more ? projects.goOn(listing, means) : projects.start(listing, means);
    this.host.requestUpdate();
    await listed;
    const { found, failure, issues } = projects;
    const { texts } = language;
    const error = issues.find(({ severity }) => severity === 'error');
    if (failure !== undefined) announcer.say(texts.of(networkText(failure)));
    else if (error !== undefined) announcer.say(texts.issue(error));
    else if (found !== null) announcer.say(texts.count('pick.found', found.length - (more ? known : 0)));
  }

  forget(): void {
    for (const test of this.#tests.values()) test.forget();
    this.#tests.clear();
  }
}
