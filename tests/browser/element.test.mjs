/** What a page gives the element, takes from it, and may rely on. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { engine, inBrowser, Key } from './support.mjs';

const here = inBrowser();
const { open } = here;

/** Sets attributes; `null` removes one. */
const write = (page, attributes) =>
  page.run((root, attributes) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) root.host.removeAttribute(name);
      else root.host.setAttribute(name, value);
    }
  }, attributes);

/** Everything of a plan but the Torque token. */
function entries({ token = here.sandbox.token('provider_good') } = {}) {
  const { baseUrl } = here.sandbox.gitlab;
  return {
    method: 'provider',
    name: 'gitlab-given',
    baseUrl,
    token,
    portalUrl: here.sandbox.torque,
    space: here.sandbox.space,
    repositories: [{ url: `${baseUrl}platform/terraform-modules`, branch: 'main', agents: ['agent-1'] }],
  };
}

const fill = (page, filled) => page.run((root, filled) => root.host.fill(filled), filled);

/** Presses Continue until the review is shown. */
async function continueTo(page, ...headings) {
  for (const heading of headings) {
    await page.press('Continue');
    await page.heading(heading);
  }
}

const throughProvider = ['Your GitLab', 'Your repositories', 'Your Torque space', 'Review and connect'];

/** Notes the element's events: `window.heard` has for each its name and what `keys` names of it. */
const hear = (page, ...keys) =>
  page.run((root, keys) => {
    window.heard = [];
    for (const name of [
      'step',
      'errors',
      'token-tested',
      'before-connect',
      'before-request',
      'start',
      'progress',
      'end',
    ])
      root.host.addEventListener(`torque-gitlab-connect-${name}`, (event) => {
        window.heard.push([name, ...keys.filter((key) => key in event).map((key) => event[key])]);
      });
  }, keys);

const heard = (page, name) =>
  page.run((_, name) => window.heard.filter(([heard]) => heard === name).map(([, ...rest]) => rest), name);

describe('the Torque token of the page', () => {
  it('is no attribute and no property: both are removed, with a word on the console', async () => {
    const page = await open();
    const left = await page.run(async (root) => {
      // Not yet upgraded, as before the definition is loaded.
      const early = document.implementation.createHTMLDocument('').createElement('torque-gitlab-connect');
      early.torqueToken = 'torque-secret-early';
      early.setAttribute('torquetoken', 'torque-secret-early');
      early.setAttribute('gettorquetoken', "() => 'torque-secret-early'");
      early.space = 'given-early';
      early.entries = { name: 'gitlab-early' };
      root.host.setAttribute('torque-token', 'torque-secret-late');
      document.body.append(early);
      await early.updateComplete;
      const own = Object.keys(early).map((key) => `${key}: ${early[key]}`);
      const { name, space } = early.entries;
      const markup = early.outerHTML + root.host.outerHTML;
      early.remove();
      return { own, name, space, markup, console: window.watched.console };
    });
    assert.doesNotMatch(JSON.stringify([left.own, left.markup]), /torque-secret/);
    assert.ok(!left.own.some((line) => /^(space|entries):/.test(line)), 'what was set early is taken over');
    assert.deepEqual([left.name, left.space], ['gitlab-early', 'given-early']);
    for (const what of [
      'property torqueToken',
      'attribute torquetoken',
      'attribute gettorquetoken',
      'attribute torque-token',
    ]) {
      assert.ok(
        left.console.some((line) => line.includes(what) && line.includes('getTorqueToken')),
        what,
      );
    }
  });

  it('is asked for when a job begins; the page’s own fetch sends, and is told what is for Torque', async () => {
    const page = await open();
    await page.run((root, token) => {
      window.asked = 0;
      window.sent = [];
      root.host.getTorqueToken = async () => {
        window.asked += 1;
        return token;
      };
      root.host.fetch = (url, init, { to }) => {
        window.sent.push({ url, to, authorization: new Headers(init.headers).get('Authorization') });
        return fetch(url, init);
      };
    }, here.sandbox.torqueTokens.admin);
    await fill(page, entries());
    await page.chooseMethod('One repository provider');
    await continueTo(page, 'Your repositories', 'Your Torque space');
    assert.equal(await page.has('textbox', 'Torque API token'), false);
    await continueTo(page, 'Review and connect');
    assert.equal(await page.run(() => window.asked), 0);
    await page.press('Connect');
    await page.heading('Connected');
    assert.equal(await page.run(() => window.asked), 1);
    const sent = await page.run(() => window.sent);
    const tokens = { torque: here.sandbox.torqueTokens.admin, gitlab: here.sandbox.token('provider_good') };
    const origins = {
      torque: new URL(here.sandbox.torque).origin,
      gitlab: new URL(here.sandbox.gitlab.baseUrl).origin,
    };
    assert.deepEqual([...new Set(sent.map(({ to }) => to))].sort(), ['gitlab', 'torque']);
    for (const { url, to, authorization } of sent) {
      assert.equal(new URL(url).origin, origins[to], url);
      assert.equal(authorization, `Bearer ${tokens[to]}`, url);
    }
  });

  it('that the page cannot get is said, and nothing is sent; a request that it refuses is not sent either', async () => {
    const page = await open();
    await page.run((root) => {
      root.host.getTorqueToken = () => Promise.reject(new Error('session-secret'));
    });
    await fill(page, entries());
    await continueTo(page, ...throughProvider);
    await page.requests();
    await page.press('Connect');
    await page.shows('This portal could not sign in to Torque.');
    assert.deepEqual(await page.requests(), []);
    assert.doesNotMatch(await page.text(), /session-secret/);

    await page.run((root, token) => {
      root.host.getTorqueToken = () => token;
      root.host.addEventListener('torque-gitlab-connect-before-request', (event) => {
        if (event.to === 'torque' && event.method === 'POST') event.refuse('Acme allows no new providers.');
      });
    }, here.sandbox.torqueTokens.admin);
    await page.press('Connect');
    await page.heading('Not connected');
    await page.shows('Acme allows no new providers.');
    assert.ok(!(await here.sandbox.log()).some((line) => line.includes('POST')));
  });

  it('may be another’s matter: then no token is sent, and none is asked for', async () => {
    const page = await open();
    await page.run((root, token) => {
      root.host.getTorqueToken = () => null;
      root.host.fetch = (url, init, { to }) => {
        const headers = new Headers(init.headers);
        if (to === 'torque') {
          window.unsigned ??= !headers.has('Authorization');
          headers.set('Authorization', `Bearer ${token}`);
        }
        return fetch(url, { ...init, headers });
      };
    }, here.sandbox.torqueTokens.admin);
    await fill(page, entries());
    await continueTo(page, ...throughProvider);
    await page.press('Connect');
    await page.heading('Connected');
    assert.equal(await page.run(() => window.unsigned), true);
  });
});

describe('what was entered', () => {
  it('leads to the review only where it would be taken, and a step that is no longer good loses its tick', async () => {
    const page = await open();
    await page.chooseMethod('A token for each repository');
    await page.heading('Your repositories');
    await page.typeRepository(1, page.repository('payments/ledger'));
    await page.type('Repository token', here.sandbox.token('repository_good'), 'Repository 1');
    await page.press('Continue');
    await page.fillTorque();
    await page.press('Continue');
    await page.heading('Review and connect');
    await page.run((root) => root.querySelector('nav button').click());
    await page.heading('How should Torque reach your GitLab?');
    await page.press('One repository provider');
    const stops = () =>
      page.run((root) =>
        [...root.querySelectorAll('nav li')].map((stop) => [
          stop.querySelector('.title').textContent,
          stop.className,
          stop.querySelector('button').disabled,
        ]),
      );
    await page.until(
      'the review to close',
      (root) => root.querySelectorAll('nav li')[4].querySelector('button').disabled,
    );
    assert.deepEqual((await stops()).slice(0, 3), [
      ['Method', 'current', false],
      ['GitLab', '', false],
      ['Repositories', '', true],
    ]);
    await page.press('Continue');
    await page.heading('Your GitLab');
    await page.press('Continue');
    await page.shows('3 things need your attention');
  });

  it('is put right where it is entered, also what is wrong with all of it together', async () => {
    const page = await open();
    const [name, ...paths] = ['ledger', 'payments/ledger', 'payments/legacy-billing'];
    await fill(page, { ...entries(), repositories: paths.map((path) => ({ name, url: page.repository(path) })) });
    await continueTo(page, 'Your GitLab', 'Your repositories', 'Your Torque space');
    await page.type('Torque API token', here.sandbox.torqueTokens.admin);
    await page.press('Continue');
    await page.heading('Your repositories');
    await page.shows('needs your attention');
    const link = await page.run((root) => root.querySelector('#summary a').textContent);
    assert.match(link, /^Name in the space: /);
    await page.run((root) => root.querySelector('#summary a').click());
    const focused = await page.focused();
    assert.match(await focused.getAttribute('id'), /^repository-\d+-name$/);
  });

  it('is kept while the node moves, and a job goes on', async () => {
    const page = await open();
    await page.toReview();
    const move = () =>
      page.run((root) => {
        const place = document.createElement('div');
        document.body.append(place);
        place.append(root.host);
      });
    await move();
    await page.press('Back');
    await page.heading('Your Torque space');
    assert.equal(await page.value('Torque API token'), here.sandbox.torqueTokens.admin);
    await page.press('Continue');
    await page.heading('Review and connect');
    await page.connectAndHold();
    await move();
    await page.run(() => new Promise((resolve) => setTimeout(resolve)));
    await page.heading('Connecting');
    assert.equal(await page.has('button', 'Pause'), true);
  });

  it('is not sent when the element has left before the page has answered', async () => {
    const page = await open();
    await fill(page, entries());
    await page.run((root) => {
      root.host.getTorqueToken = () =>
        new Promise((resolve) => {
          window.answer = resolve;
        });
      window.ended = 'not yet';
      root.host.connect().then((report) => {
        window.ended = report;
      });
    });
    await page.until('the question', () => window.answer);
    await page.requests();
    await page.run((root) => root.host.remove());
    await page.run((_, token) => setTimeout(() => window.answer(token)), here.sandbox.torqueTokens.admin);
    await page.until('the end', () => window.ended === null);
    assert.deepEqual(await page.requests(), []);
  });

  it('goes on with the next step when the page gives what the present one asks, and is asked again when it takes it back', async () => {
    const page = await open();
    await page.toRepositories();
    await page.typeRepository(1, page.repository('payments/ledger'));
    await page.press('Continue');
    await page.heading('Your Torque space');
    await hear(page, 'step');
    await page.run((root) => root.querySelector('#space').focus());
    await write(page, { 'portal-url': here.sandbox.torque, space: here.sandbox.space });
    await page.run((root, token) => {
      root.host.getTorqueToken = () => token;
    }, here.sandbox.torqueTokens.admin);
    await page.heading('Review and connect');
    assert.deepEqual(await heard(page, 'step'), [['review']]);
    const focused = await page.focused();
    assert.equal(await focused.getAttribute('id'), 'heading');

    await write(page, { space: null });
    await page.until('the step', (root) =>
      [...root.querySelectorAll('.title')].some((title) => title.textContent === 'Torque'),
    );
    await page.press('Connect');
    await page.heading('Your Torque space');
    await page.type('Space', here.sandbox.space);
    await write(page, { space: '' });
    assert.equal(await page.value('Space'), here.sandbox.space, 'an empty attribute gives nothing, and takes nothing');
  });
});

describe('a page', () => {
  it('leaves out what it has settled, begins where it wants, and reads what is entered', async () => {
    const page = await open();
    const { baseUrl } = here.sandbox.gitlab;
    await page.run(
      (root, attributes) => {
        const form = document.createElement('torque-gitlab-connect');
        for (const [name, value] of Object.entries(attributes)) form.setAttribute(name, value);
        form.policy = { pollMs: 50 };
        form.entries = { name: 'gitlab-fixed', space: 'another', baseUrl: 'https://another.example.com/' };
        root.host.replaceWith(form);
      },
      {
        'base-url': baseUrl,
        'portal-url': here.sandbox.torque,
        space: here.sandbox.space,
        method: 'provider',
        fixed: 'method name existing',
        step: 'repositories',
        'heading-level': '4',
      },
    );
    // The token of GitLab is missing, so it does not begin further on.
    await page.heading('Your GitLab').catch(() => {});
    await page.until('the heading', (root) => root?.querySelector('#heading')?.getAttribute('aria-level') === '4');
    assert.deepEqual(
      await page.run((root) => [...root.querySelectorAll('.title')].map(({ textContent }) => textContent)),
      ['GitLab', 'Repositories', 'Torque', 'Review', 'Connect'],
    );
    assert.deepEqual(await page.run((root) => [...root.querySelectorAll('input')].map(({ id }) => id)), ['token']);
    await page.type('GitLab access token', here.sandbox.token('provider_good'));
    await page.press('Continue');
    await page.heading('Your repositories');
    assert.equal(await page.run((root) => root.host.step), 'repositories');
    await page.typeRepository(1, `${baseUrl}payments/ledger`);
    assert.equal(await page.run((root) => root.host.checkValidity()), false);
    const read = await page.run((root) => root.host.entries);
    assert.deepEqual(read, {
      method: 'provider',
      existing: false,
      name: 'gitlab-fixed',
      baseUrl,
      portalUrl: here.sandbox.torque,
      space: here.sandbox.space,
      repositories: [{ url: `${baseUrl}payments/ledger` }],
    });
    // The same entries once more, as a framework sets them at each drawing, change nothing.
    await page.run((root) => {
      root.host.entries = { name: 'gitlab-fixed', space: 'another', baseUrl: 'https://another.example.com/' };
    });
    assert.deepEqual(await page.run((root) => root.host.entries), read);
    await page.press('Continue');
    await page.heading('Your Torque space');
    await page.type('Torque API token', here.sandbox.torqueTokens.admin);
    await write(page, { disabled: '' });
    await page.until(
      'nothing that can be used',
      (root) => root.querySelectorAll('input:enabled, button:enabled').length === 0,
    );
    await write(page, { disabled: null });
    assert.equal(await page.run((root) => root.host.checkValidity()), true);
    await write(page, { steps: 'gitlab repositories torque' });
    await page.press('Connect');
    await page.heading('Connected');
  });

  it('may look at the plan before it is done, take its time, and refuse with a text', async () => {
    const page = await open();
    await hear(page, 'plan', 'verdict', 'codes', 'repository', 'shown', 'errors', 'progress', 'report');
    await page.run((root) => {
      root.host.addEventListener('torque-gitlab-connect-before-connect', (event) => {
        event.waitUntil(
          new Promise((resolve) => {
            window.answer = (text) => {
              if (text !== null) event.refuse(text);
              resolve();
            };
          }),
        );
      });
    });
    await page.testToken({ token: here.sandbox.token('read_api_only') });
    await page.shows('does not meet the requirements');
    await page.until('the event', () => window.heard.some(([name]) => name === 'token-tested'));
    assert.deepEqual(await heard(page, 'token-tested'), [
      ['reject', ['token.missing_scope', 'token.clone_undocumented'], null],
    ]);
    await page.type('GitLab access token', Key.BACK_SPACE);
    await page.press('Continue');
    await page.shows('needs your attention');
    assert.deepEqual((await heard(page, 'errors')).at(-1), [true, [{ field: 'token', code: 'token.empty' }]]);
    await page.type('GitLab access token', here.sandbox.token('provider_good'));
    await page.press('Continue');
    await page.heading('Your repositories');
    assert.deepEqual((await heard(page, 'errors')).at(-1), [false, []]);
    await page.typeRepository(1, page.repository('platform/terraform-modules'));
    await page.fromRepositoriesToReview();
    await page.requests();
    const answer = (text) => page.run((_, text) => window.answer(text), text);
    await page.press('Connect');
    await page.until('the question', () => window.answer);
    const states = (root) => root.host.matches(':state(busy)');
    assert.equal(await page.run(states), true);
    const [[plan]] = await heard(page, 'before-connect');
    assert.equal(plan.method.name, 'gitlab-1');
    assert.equal(plan.repositories[0].url, page.repository('platform/terraform-modules'));
    const secrets = [here.sandbox.token('provider_good'), here.sandbox.torqueTokens.admin];
    assert.ok(!secrets.some((secret) => JSON.stringify(plan).includes(secret)));
    assert.deepEqual(await page.requests(), []);
    await answer('Acme has no room for more repositories.');
    await page.shows('Acme has no room for more repositories.');
    await page.heading('Review and connect');
    assert.deepEqual(await page.requests(), []);
    assert.equal(await page.run(states), false);

    await page.run((root) => {
      window.answer = undefined;
      root.host.connect().then((report) => {
        window.outcome = report.outcome;
      });
    });
    await page.until('the question', () => window.answer);
    await answer(null);
    await page.heading('Connected');
    await page.until('the report', () => window.outcome);
    assert.equal(await page.run(() => window.outcome), 'connected');
    const [[report]] = await heard(page, 'end');
    assert.equal(report.outcome, 'connected');
    const progress = await heard(page, 'progress');
    assert.ok(progress.some(([{ type }]) => type === 'request'));
  });

  it('has slots at each step, several forms with entries of their own, and other tags', async () => {
    const page = await open();
    await page.run((root) => {
      for (const slot of ['header', 'method', 'help', 'footer', 'connect']) {
        const text = document.createElement('p');
        text.slot = slot;
        text.textContent = `slotted ${slot}`;
        root.host.append(text);
      }
      root.host.constructor.define('acme-connect');
      const second = document.createElement('acme-connect');
      second.storageKey = 'acme';
      second.storage = sessionStorage;
      second.entries = { name: 'gitlab-acme' };
      root.host.after(second);
      root.host.entries = { name: 'gitlab-first' };
    });
    const order = await page.run((root) =>
      [...root.host.querySelectorAll('[slot]')]
        .filter((text) => text.checkVisibility() && text.assignedSlot !== null)
        .map((text) => [text.slot, text.getBoundingClientRect().top])
        .sort(([, one], [, other]) => one - other)
        .map(([slot]) => slot),
    );
    assert.deepEqual(order, ['header', 'method', 'help', 'footer']);
    await page.until(
      'both drafts',
      () =>
        sessionStorage.getItem('torque-gitlab-connect')?.includes('gitlab-first') &&
        sessionStorage.getItem('acme')?.includes('gitlab-acme'),
    );
    assert.equal(
      await page.run(() => document.querySelector('acme-connect').shadowRoot.querySelector('h2') !== null),
      true,
    );
    // Nothing of the element's own is among the custom properties of the host.
    const unprefixed = await page.run((root) =>
      [...root.adoptedStyleSheets]
        .flatMap((sheet) => [...sheet.cssRules])
        .filter(({ selectorText }) => selectorText === ':host')
        .flatMap(({ style }) => [...style])
        .filter((name) => name.startsWith('--') && !name.includes('torque-gitlab-connect')),
    );
    assert.deepEqual(unprefixed, []);
  });
});

describe('someone who does not see the form, or sees little of it', () => {
  it('hears of errors when going on, and not with each key; Tab passes by what cannot be opened', async () => {
    const page = await open({ width: 320 });
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    await page.press('Continue');
    await page.shows('3 things need your attention');
    const summary = () => page.run((root) => root.querySelector('#summary').textContent);
    const before = await summary();
    await page.type('Provider name', 'gitlab-1');
    await page.type('GitLab base URL', 'gitlab.example.com');
    assert.equal(await summary(), before);
    await page.type('GitLab base URL', here.sandbox.gitlab.baseUrl);
    await page.type('GitLab access token', here.sandbox.token('provider_good'));
    await page.says('GitLab base URL').catch(() => {});
    await page.press('Continue');
    await page.heading('Your repositories');
    assert.equal(await page.run((root) => root.querySelector('[role=status]').textContent), '');
    const reachable = await page.run((root) =>
      [...root.querySelectorAll('nav button:enabled .title')].map(({ textContent }) => textContent),
    );
    assert.deepEqual(reachable, ['Method', 'GitLab', 'Repositories']);
    const here320 = await page.run((root) => {
      const text = root.querySelector('.here');
      return [text.checkVisibility(), text.textContent];
    });
    assert.deepEqual(here320, [true, 'Step 3 of 6: Repositories']);
  });

  it('begins with the heading in a modal, and where the page says so', async () => {
    const page = await open();
    await page.run((root) => {
      const dialog = document.createElement('dialog');
      document.body.append(dialog);
      const close = document.createElement('button');
      close.textContent = 'Close';
      dialog.append(close, root.host);
      dialog.showModal();
    });
    await page.until('the focus on the heading', (root) => root.activeElement?.id === 'heading');
    await page.run((root) => {
      root.querySelector('input').focus();
      root.host.focus();
    });
    assert.equal(await (await page.focused()).getAttribute('id'), 'heading');
  });

  it('has texts in the nearest language there is, whenever they come, with its direction and its plurals', async () => {
    const page = await open();
    const shown = () =>
      page.run((root) => {
        const { lang, dir } = root.querySelector('.frame');
        return [lang, dir, root.querySelector('h2').textContent];
      });
    await page.run((root) => {
      root.host.lang = 'pt-BR';
      const { languages } = root.host.constructor;
      languages.set('pt', { 'method.heading': 'Português' });
    });
    await page.heading('Português');
    assert.deepEqual(await shown(), ['pt', 'ltr', 'Português']);
    await page.run((root) => root.host.constructor.languages.set('pt-br', { 'method.heading': 'Brasileiro' }));
    await page.heading('Brasileiro');
    assert.deepEqual(await shown(), ['pt-BR', 'ltr', 'Brasileiro']);
    await page.run((root) => {
      document.documentElement.dir = 'rtl';
      root.host.lang = 'tlh';
    });
    await page.heading('How should Torque reach your GitLab?');
    assert.deepEqual((await shown()).slice(0, 2), ['en', 'ltr']);
    await page.run((root) => {
      document.documentElement.dir = 'ltr';
      root.host.constructor.languages.set('he', { 'method.heading': 'עברית' });
      root.host.lang = 'he-IL';
    });
    await page.heading('עברית');
    assert.deepEqual((await shown()).slice(0, 2), ['he', 'rtl']);
    await page.run((root) => {
      const count = { one: '{count} repozytorium', few: '{count} repozytoria', other: '{count} repozytoriów' };
      root.host.constructor.languages.set('pl', { 'method.heading': 'Po polsku', 'repositories.count': count });
      root.host.lang = 'pl';
    });
    await page.heading('Po polsku');
    await fill(page, {
      ...entries(),
      repositories: ['a/b', 'a/c', 'a/d'].map((path) => ({ url: page.repository(path) })),
    });
    await continueTo(page, 'Your GitLab', 'Your repositories', 'Your Torque space');
    assert.match(await page.run((root) => root.querySelector('nav').textContent), /3 repozytoria/);
  });
});

describe('two thousand repositories', () => {
  it('come closed, a page at a time; a key stroke is drawn at once, and an error leads to its page', async () => {
    const page = await open();
    const urls = Array.from({ length: 2000 }, (_, index) => page.repository(`fleet/unit-${index + 1}`));
    await fill(page, { ...entries(), repositories: urls.map((url) => ({ url })) });
    await continueTo(page, 'Your GitLab', 'Your repositories');
    const drawn = () =>
      page.run((root) => [root.querySelectorAll('.list > li').length, root.querySelectorAll('.list input').length]);
    assert.deepEqual(await drawn(), [50, 0]);
    await page.shows('1 to 50 of 2000');
    await page.press('Add a repository');
    await page.shows('2001 to 2001 of 2001');
    const id = await (await page.focused()).getAttribute('id');
    assert.match(id, /-url$/);
    // One page is drawn, whatever is typed: not more nodes are touched than it has.
    const touched = await page.run((root, id) => {
      const field = root.querySelector(`#${id}`);
      const observer = new MutationObserver(() => {});
      observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
      field.value = 'https://gitlab.example.com/a';
      field.dispatchEvent(new InputEvent('input'));
      return root.host.updateComplete.then(() => observer.takeRecords().length);
    }, id);
    assert.ok(touched < 100, `${touched} changes`);
    await page.run((root) => root.activeElement.blur());
    await page.until('the verdict', (root) => root.querySelector('.list .note.bad'));
    // What was opened stays with its repository when another goes.
    await page.press('Previous');
    await page.shows('1951 to 2000 of 2001');
    await page.press('Edit fleet/unit-1960');
    await page.press('Name, branch, agents');
    await page.press('Remove repository 1955');
    const opened = await page.run((root) => {
      const open = root.querySelector('.list details[open]');
      return open?.closest('li').querySelector('input').value;
    });
    assert.equal(opened, urls[1959]);
    await page.press('Continue');
    await page.shows('needs your attention');
    await page.run((root) => root.querySelector('#summary a').click());
    assert.equal(await (await page.focused()).getAttribute('id'), id);
    if (engine === 'chromium') {
      // Ten key strokes, each with its drawing, as the browser itself measures the time that scripts take.
      const times = await page.run(async (root, id) => {
        const field = root.querySelector(`#${id}`);
        const times = [];
        for (const end of 'bcdefghijk') {
          const start = performance.now();
          field.value += end;
          field.dispatchEvent(new InputEvent('input'));
          await root.host.updateComplete;
          times.push(performance.now() - start);
        }
        return times;
      }, id);
      console.log(`key strokes with 2,001 repositories: ${times.map((time) => time.toFixed(1)).join(' ')} ms`);
    }
  });
});

describe('what a page reads', () => {
  it('holds no token, in whichever field it stands', async () => {
    const page = await open();
    const token = here.sandbox.token('provider_good');
    const { baseUrl } = here.sandbox.gitlab;
    const repositories = [
      { url: `https://oauth2:${token}@gitlab.example.com/a/b` },
      { url: `${baseUrl}payments/ledger`, branch: token },
      { url: `${baseUrl}platform/terraform-modules` },
    ];
    await fill(page, { ...entries(), name: token, space: `space ${token}`, repositories });
    const read = await page.run((root) => root.host.entries);
    assert.ok(!JSON.stringify(read).includes(token), JSON.stringify(read));
    assert.deepEqual([read.name, read.space, read.repositories.length], ['', '', 1]);
  });
});

describe('going on without a test', () => {
  it('is accepted for one GitLab and one token, and asked again for others', async () => {
    const page = await open();
    const isAccepted = async () => (await page.control('checkbox', 'Continue without this test')).isSelected();
    await page.testToken({ baseUrl: here.sandbox.gitlab.old });
    await page.press('Continue without this test');
    assert.equal(await isAccepted(), true);
    await page.type('GitLab base URL', here.sandbox.gitlab.signOnPage);
    await page.press('Test with GitLab');
    assert.equal(await isAccepted(), false);
  });
});

describe('steps that name none', () => {
  it('are all steps', async () => {
    const page = await open();
    for (const steps of ['', ' ', 'nothing']) {
      await write(page, { steps });
      await page.heading('How should Torque reach your GitLab?');
    }
  });
});

describe('values of the wrong type', () => {
  /** In the page: gives each bad value to a form of its own; the forms that are not drawn any more, and what was thrown. */
  const attempts = async (root, what) => {
    const secret = 'glpat-bad-0123456789abcdef';
    const cycle = {};
    cycle.self = [cycle];
    const throwing = (key) =>
      Object.defineProperty({}, key, {
        enumerable: true,
        get() {
          throw new Error(secret);
        },
      });
    const fails = () => {
      throw new Error(secret);
    };
    const proxy = new Proxy({}, { get: fails, ownKeys: fails, getPrototypeOf: fails, has: fails });
    const { proxy: revoked, revoke } = Proxy.revocable({}, {});
    revoke();
    const any = {
      null: null,
      number: 5,
      NaN: Number.NaN,
      bigint: 5n,
      boolean: true,
      symbol: Symbol(secret),
      function: () => secret,
      class: class {},
      array: [secret],
      nothings: [null, undefined],
      holes: Array(3),
      object: { secret },
      'toString of no function': { toString: 5 },
      'no prototype': Object.create(null),
      'throwing toString': { toString: fails },
      cycle,
      proxy,
      revoked,
      throwing: throwing('url'),
      date: new Date(Number.NaN),
      text: secret,
      surrogate: '\ud800',
      'long text': 'x'.repeat(200_000),
      response: new Response(),
      node: document,
    };
    const entries = {
      'repository without a URL': { repositories: [{}] },
      'repositories of numbers': { repositories: [5, null, 'x', [], { url: 5 }] },
      'a list of agents that is none': { repositories: [{ url: 'https://gitlab.example.com/a/b', agents: secret }] },
      'agents of the wrong type': { repositories: [{ url: 'https://gitlab.example.com/a/b', agents: [5, {}, 'eks'] }] },
      'names of the wrong type': {
        repositories: [{ url: 'https://gitlab.example.com/a/b', name: 5, branch: {}, token: [] }],
      },
      'texts of the wrong type': { name: 5, baseUrl: {}, portalUrl: [], space: null, token: 5, torqueToken: {} },
      'an existing that is a word': { existing: 'no', method: 'other' },
      'a getter that throws': throwing('baseUrl'),
      'a list that throws': { repositories: [throwing('url'), revoked, proxy, cycle] },
      'a list of many': { repositories: Array(1000).fill(5) },
    };
    const policies = {
      'words for booleans': { allowHttp: 'yes', inspect: 'no', sendProviderId: 1 },
      'scopes that are a text': { requiredScopes: secret },
      'scopes of no text': { requiredScopes: [5, { toString: 5 }, null] },
      'unknown words': { onUnknown: 'x', scopes: 'x', expiry: 'x' },
      'times that are texts': { requestTimeoutMs: 'soon', pollMs: {}, syncTimeoutMs: [] },
      'a getter that throws': throwing('allowHttp'),
      'scopes that throw': { requiredScopes: proxy },
    };
    const messages = {
      'texts of the wrong type': { 'field.name': 5, 'method.lead': null, 'stepper.method': [] },
      'plurals without other': { 'connect.not_started': { one: 'x' }, 'method.lead': { one: 'x' } },
      'plurals of numbers': { 'method.lead': { other: 5 } },
      'a getter that throws': throwing('method.lead'),
    };
    const broken = [];
    const attempt = async (what, act) => {
      const form = document.createElement('torque-gitlab-connect');
      form.storageKey = what;
      document.body.append(form);
      await form.updateComplete;
      try {
        await act(form);
        await form.updateComplete;
        form.fill({ method: 'provider', name: 'gitlab-1', baseUrl: 'https://gitlab.example.com', token: secret });
        for (const step of ['gitlab', 'repositories', 'torque', 'review']) {
          form.goTo(step);
          [...form.shadowRoot.querySelectorAll('.actions [part~=primary]')].at(-1)?.click();
          await form.updateComplete;
        }
        form.checkValidity();
        JSON.stringify(form.entries);
      } catch (error) {
        broken.push(`${what}: ${error}`);
      }
      await form.updateComplete.catch((error) => broken.push(`${what}: ${error}`));
      const [heading] = form.shadowRoot.querySelectorAll('h2');
      if (!heading?.textContent.trim()) broken.push(`${what}: nothing is drawn`);
      form.remove();
    };
    const set = (name, values) =>
      Object.entries(values).map(([kind, value]) =>
        attempt(`${name} = ${kind}`, (form) => {
          form[name] = value;
        }),
      );
    const call = (name, values) =>
      Object.entries(values).map(([kind, value]) => attempt(`${name}(${kind})`, (form) => form[name](value)));
    if (what === 'languages') {
      for (const [kind, value] of Object.entries({ ...any, ...messages })) {
        await attempt(`languages ${kind}`, (form) => {
          const { languages } = form.constructor;
          languages.set(value, {});
          languages.set('xx', value);
          form.lang = 'xx';
        });
      }
      root.host.constructor.languages.delete('xx');
    } else if (what === 'fill' || what === 'goTo') await Promise.all(call(what, { ...any, ...entries }));
    else await Promise.all(set(what, { ...any, ...{ entries, policy: policies, messages }[what] }));
    return [broken, window.watched.console.filter((line) => line.includes(secret))];
  };

  it('of any property or method leave the form as it is, and the console never names them', async () => {
    const page = await open();
    const properties = await page.run((root) => [...root.host.constructor.elementProperties.keys()]);
    for (const what of [...properties, 'fill', 'goTo', 'languages']) {
      const [broken, told] = await page.run(attempts, what);
      assert.deepEqual([broken, told], [[], []], what);
    }
  });

  it('are left out of the entries, and all others are taken', async () => {
    const page = await open();
    const [entries, lines] = await page.run((root) => {
      window.watched.console.length = 0;
      root.host.fill({
        existing: 'no',
        name: 'gitlab-1',
        space: 5,
        repositories: [
          {},
          { url: 'https://gitlab.example.com/a/b', agents: ['eks'] },
          { url: 'https://gitlab.example.com/a/c', name: 7 },
          { url: 'https://gitlab.example.com/a/d', agents: ['eks', null] },
          null,
        ],
      });
      return [root.host.entries, window.watched.console];
    });
    assert.deepEqual(entries.repositories, [{ url: 'https://gitlab.example.com/a/b', agents: ['eks'] }]);
    assert.deepEqual([entries.existing, entries.name, entries.space], [false, 'gitlab-1', '']);
    assert.deepEqual(lines, [
      'warn: <torque-gitlab-connect>: wrong type, ignored: entries.existing, entries.space, entries.repositories.',
    ]);
  });

  it('of a policy let nothing be sent, and the review says why', async () => {
    const page = await open();
    await fill(page, { ...entries(), torqueToken: here.sandbox.torqueTokens.admin });
    await page.run((root) => {
      root.host.policy = { allowHttp: 'yes', requiredScopes: 'api' };
    });
    assert.equal(await page.run((root) => root.host.checkValidity()), false);
    assert.equal(await page.run((root) => root.host.connect()), null);
    await page.shows('boolean');
    assert.deepEqual(await here.sandbox.log().then((lines) => lines.filter((line) => line.includes('/api/'))), []);
  });

  it('in what the page answers with are refusals', async () => {
    const page = await open();
    const outcomes = [];
    for (const answer of ['5', '{}', 'Symbol()', '[]', 'new Proxy({}, {})']) {
      await fill(page, { ...entries(), torqueToken: here.sandbox.torqueTokens.admin });
      outcomes.push(
        await page.driver.executeScript(`
          const form = document.querySelector('torque-gitlab-connect');
          form.addEventListener('torque-gitlab-connect-before-connect', (event) => event.refuse(${answer}), { once: true });
          return form.connect();`),
      );
      outcomes.push(
        await page.driver.executeScript(`
          const form = document.querySelector('torque-gitlab-connect');
          form.getTorqueToken = () => (${answer});
          const report = form.connect();
          return report.then((report) => { form.getTorqueToken = null; return report; });`),
      );
    }
    assert.deepEqual(new Set(outcomes), new Set([null]));
    assert.deepEqual(await here.sandbox.log().then((lines) => lines.filter((line) => line.includes('/api/'))), []);
  });
});
