/** The element in the pages of others: the examples, and a page whose style sheet means ill. */

import assert from 'node:assert/strict';
import { cp, rm, writeFile } from 'node:fs/promises';
import { after, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serve } from '../../examples/serve.mjs';
import { inBrowser, serialised } from './support.mjs';

const here = inBrowser();
const inDist = (path) => fileURLToPath(new URL(`../../examples/dist/${path}`, import.meta.url));
const names = ['plain-html', 'react', 'vue', 'portal'];
let examples;
/** Changes a page before it is sent. */
let alter;

before(async () => {
  for (const name of names) await cp(fileURLToPath(new URL('watch.js', import.meta.url)), inDist(`${name}/watch.js`));
});
after(async () => {
  for (const name of names) await rm(inDist(`${name}/watch.js`));
});
beforeEach(async () => {
  alter = (html) => html;
  const { torque, torqueTokens } = here.sandbox;
  examples = await serve({
    torque,
    torqueToken: torqueTokens.admin,
    alter: (html) => alter(html.replace('<title>', '<script src="watch.js"></script><title>')),
  });
  here.afterwards.push(examples.close);
});

const open = (name) => here.open({ address: `${examples.origin}${name}/` });

/** What the page around the element says at the end. */
const reads = (page, text) =>
  page.until(
    `the page saying “${text}”`,
    (_, text) => document.querySelector('#said')?.textContent.trim() === text,
    text,
  );

/** What `read` says of the element where no pointer is on it and nothing moves: a button below the pointer has another colour. */
async function atRest(page, read) {
  await page.run((root) => {
    root.host.style.pointerEvents = 'none';
  });
  // WebKit looks anew when the pointer moves.
  for (const place of [1, 2]) await page.driver.actions().move({ x: place, y: place }).perform();
  const rests = (root) => root.querySelector(':hover') === null && root.getAnimations().length === 0;
  await page.until('the pointer to be elsewhere', rests);
  const seen = await page.run(read);
  await page.run((root) => {
    root.host.style.pointerEvents = '';
  });
  return seen;
}

describe('the examples', () => {
  it('plain HTML: connects in the page’s own design, and the page hears of it', async () => {
    const page = await open('plain-html');
    await page.toReview();
    const drawn = await atRest(page, (root) => {
      const primary = getComputedStyle(root.querySelector('[part~=primary]'));
      return { transform: primary.textTransform, font: primary.fontFamily, background: primary.backgroundColor };
    });
    assert.equal(drawn.transform, 'uppercase');
    assert.match(drawn.font, /Georgia/);
    assert.equal(drawn.background, 'rgb(107, 45, 143)');
    await page.press('Connect');
    await page.heading('Connected');
    await reads(page, 'connected: 1 repositories');
  });

  for (const name of ['react', 'vue']) {
    it(`${name}: sets properties, hears events, connects`, async () => {
      const page = await open(name);
      await page.toReview();
      await page.press('Connect to Torque');
      await page.heading('Connected');
      await reads(page, 'connected: 1 repositories');
    });
  }

  it('portal: connects without any Torque token in the browser', async () => {
    const page = await open('portal');
    await page.toRepositories();
    await page.typeRepository(1, page.repository('platform/terraform-modules'));
    await page.press('Continue');
    await page.heading('Your Torque space');
    assert.equal(await page.has('textbox', 'Torque API token'), false);
    assert.equal(await page.has('textbox', 'Torque URL'), false);
    await page.type('Space', here.sandbox.space);
    await page.press('Continue');
    await page.heading('Review and connect');
    await page.press('Connect');
    await page.heading('Connected');
    await reads(page, 'connected: 1 repositories');
    assert.ok(!(await page.driver.executeScript(serialised)).includes(here.sandbox.torqueTokens.admin));
    const origins = new Set((await page.requests()).map(({ url }) => new URL(url).origin));
    assert.ok(!origins.has(new URL(here.sandbox.torque).origin), 'Torque is reached by the portal’s server alone');
    const link = await page.run((root) => [...root.querySelectorAll('a')].map(({ href }) => href));
    assert.ok(
      link.some((href) => href.startsWith(here.sandbox.torque)),
      `no link to Torque itself: ${link}`,
    );
  });

  it('portal: passes nothing on for who is not signed in, nor what the element never asks', async () => {
    const ask = (path, headers = {}) => fetch(new URL(`portal/api/torque/${path}`, examples.origin), { headers });
    assert.equal((await ask(`api/spaces/${here.sandbox.space}/repositories`)).status, 401);
    const page = await (await fetch(new URL('portal/', examples.origin))).text();
    const [, session] = /portal-session" content="([^"]+)/.exec(page);
    const signedIn = { authorization: `Bearer ${session}` };
    assert.equal((await ask(`api/spaces/${here.sandbox.space}/repositories`, signedIn)).status, 200);
    assert.equal((await ask('api/spaces', signedIn)).status, 404);
    assert.equal((await ask('api/spaces/%2e%2e%2fsettings/repositories', signedIn)).status, 404);
    const elsewhere = { ...signedIn, origin: 'https://evil.example' };
    assert.equal((await ask(`api/spaces/${here.sandbox.space}/repositories`, elsewhere)).status, 403);
  });
});

describe('what a page gives the element', () => {
  it('is not asked: the address of the GitLab, also where each repository has a token', async () => {
    const page = await here.open();
    await page.run((root, baseUrl) => {
      root.host.baseUrl = baseUrl;
    }, here.sandbox.gitlab.baseUrl);
    await page.chooseMethod('A token for each repository');
    await page.heading('Your repositories');
    assert.equal(await page.has('textbox', 'GitLab base URL, to test the tokens'), false);
    assert.ok((await page.text()).includes(here.sandbox.gitlab.baseUrl));
    await page.typeRepository(1, page.repository('payments/ledger'));
    await page.type('Repository token', here.sandbox.token('repository_good'), 'Repository 1');
    await page.press('Test with GitLab');
    await page.shows('This token meets the requirements.');
  });

  it('may be no repository: then one can be typed', async () => {
    const page = await here.open();
    await page.run((root) => root.host.fill({ method: 'token_per_repository', repositories: [] }));
    await page.press('Continue');
    await page.heading('Your repositories');
    await page.typeRepository(1, page.repository('payments/ledger'));
  });

  it('may be a fetch that never answers and knows no signal: the test of a token ends all the same', async () => {
    const page = await here.open();
    await page.run((root) => {
      root.host.policy = { requestTimeoutMs: 1 };
      root.host.fetch = () => new Promise(() => {});
    });
    await page.testToken();
    await page.shows('No answer in time.');
  });
});

describe('a page whose policy no plan takes', () => {
  it('has its tokens tested all the same', async () => {
    const page = await here.open();
    await page.run((root) => {
      root.host.policy = { requestTimeoutMs: 0 };
    });
    await page.testToken();
    await page.shows('This token meets the requirements.');
  });
});

describe('a hostile style sheet', () => {
  // Not on the root: sizes are in rem, so that they follow what the user has set.
  const hostile = `
    body, body * { color: red; background: black; font: italic 700 40px/3 monospace; letter-spacing: 9px; word-spacing: 20px; text-transform: uppercase;
      text-align: right; text-indent: 40px; text-shadow: 2px 2px red; white-space: nowrap; font-variant: small-caps; line-height: 4; cursor: wait;
      list-style: square inside; border-collapse: separate; hyphens: auto; word-break: break-all; text-decoration: line-through; }
    input, button, label, select, textarea, a, h1, h2, h3, p, ol, li, fieldset, legend, details, summary, table, code, pre, svg {
      all: unset !important; display: none !important; position: fixed !important; }
    :focus, :focus-visible { outline: none !important; }
    .panel, .field, .button, .card, .note, .summary, #heading { display: none !important; }
  `;

  it('changes nothing inside, and the job is done', async () => {
    const calm = await open('plain-html');
    await calm.chooseMethod('One repository provider');
    await calm.fillGitlab();
    const before = await atRest(calm, computed);
    await writeFile(inDist('plain-html/hostile.css'), hostile);
    try {
      alter = (html) => html.replace('</head>', '<link rel="stylesheet" href="hostile.css" /></head>');
      const page = await open('plain-html');
      await page.chooseMethod('One repository provider');
      await page.fillGitlab();
      const after = await atRest(page, computed);
      assert.deepEqual(
        before.map((line, index) => [line, after[index]]).filter(([one, other]) => one !== other),
        [],
      );
      await page.press('Continue');
      await page.fromRepositoriesToReview();
      await page.press('Connect');
      await page.heading('Connected');
    } finally {
      await rm(inDist('plain-html/hostile.css'));
    }
  });

  /** How each element inside is drawn, a line for each. */
  function computed(root) {
    const names =
      'color backgroundColor fontFamily fontSize fontStyle fontWeight fontVariantCaps lineHeight letterSpacing wordSpacing textTransform textAlign textIndent textShadow whiteSpace wordBreak display position visibility'.split(
        ' ',
      );
    // What a page slots in is the page's to draw.
    return [...root.querySelectorAll(':not(slot, style)')].map((element) => {
      const style = getComputedStyle(element);
      const what = `${element.localName}.${element.getAttribute('class') ?? ''}`;
      return `${what}: ${names.map((name) => `${name} ${style[name]}`).join('; ')}`;
    });
  }
});
