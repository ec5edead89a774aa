/** The page for those who do not see it, do not use a mouse, or set their browser otherwise than most. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import axe from 'axe-core';
import { states } from './states.mjs';
import { engine, inBrowser, Key } from './support.mjs';

const here = inBrowser('--failures-switch');
const { open } = here;
/** Sizes, colours and media features can be set in Chromium alone. */
const settable = engine === 'chromium';

const manifest = JSON.parse(
  readFileSync(new URL(import.meta.resolve('torque-gitlab-connect/custom-elements.json')), 'utf8'),
);
const element = manifest.modules
  .flatMap(({ declarations }) => declarations)
  .find(({ tagName }) => tagName === 'torque-gitlab-connect');

const success = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

describe('every state', { skip: !settable && 'colours and sizes cannot be set in this engine' }, () => {
  const seen = { parts: new Set(), slots: new Set() };
  for (const [name, arrive] of Object.entries(states)) {
    it(`meets WCAG 2.2 AA as far as axe can tell, and fits at 400 % zoom: ${name}`, async () => {
      const page = await open();
      await arrive(page);
      await page.driver.executeScript(axe.source);
      for (const width of [360, 1280]) {
        for (const dark of [false, true]) {
          await here.browser.look({ width, height: 900, dark });
          const violations = await page.driver.executeScript(
            `return axe.run({ runOnly: arguments[0], preload: false }).then(({ violations }) =>
              violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => [id, target.flat().join(' '), failureSummary].join(': '))));`,
            success,
          );
          assert.deepEqual(violations, [], `${width} px, ${dark ? 'dark' : 'light'}`);
        }
      }
      // 1280 by 1024 at 400 %.
      await here.browser.look({ width: 320, height: 256, dark: false });
      assert.deepEqual(await tooWide(page), []);
      const { parts, slots } = await page.run((root) => ({
        parts: [...root.querySelectorAll('[part]')].flatMap((element) => [...element.part]),
        slots: [...root.querySelectorAll('slot[name]')].map(({ name }) => name),
      }));
      for (const part of parts) seen.parts.add(part);
      for (const slot of slots) seen.slots.add(slot);
    });
  }

  after(() => {
    const names = (list) => list.map(({ name }) => name).sort();
    assert.deepEqual([...seen.parts].sort(), names(element.cssParts), 'the manifest tells every part');
    assert.deepEqual([...seen.slots].sort(), names(element.slots), 'the manifest tells every slot');
  });
});

describe('settings of the browser', { skip: !settable && 'they cannot be set in this engine' }, () => {
  it('reduced motion: nothing moves', async () => {
    const page = await open();
    await here.browser.look({ width: 1024, height: 900, dark: false, reducedMotion: true });
    await states['6-connecting'](page);
    const moving = await page.run((root) => {
      const animations = [...document.getAnimations(), ...root.getAnimations()].map(
        ({ effect }) => effect?.target?.className ?? 'an animation',
      );
      const slow = [...root.querySelectorAll('*'), ...document.querySelectorAll('*')].filter((element) => {
        const { transitionDuration, scrollBehavior } = getComputedStyle(element);
        return (
          transitionDuration.split(',').some((time) => Number.parseFloat(time) > 0.01) || scrollBehavior === 'smooth'
        );
      });
      return [...animations, ...slow.map((element) => element.outerHTML.slice(0, 80))];
    });
    assert.deepEqual(moving, []);
  });

  it('forced colours: what can be used has an outline, what is chosen is seen, the focus too', async () => {
    const page = await open();
    await here.browser.look({ width: 1024, height: 900, dark: false, forcedColours: true });
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    const field = await page.field('Provider name');
    await field.click();
    const bare = await page.run((root) => {
      const drawn = (style) => style.borderTopStyle !== 'none' && Number.parseFloat(style.borderTopWidth) > 0;
      const framed = (element) =>
        drawn(getComputedStyle(element)) || drawn(getComputedStyle(element.parentElement)) || element.matches('.stop');
      return [...root.querySelectorAll('input:not([type=radio], [type=checkbox]), .button')]
        .filter((element) => !framed(element))
        .map((element) => element.outerHTML.slice(0, 80));
    });
    assert.deepEqual(bare, []);
    const focus = await page.driver.executeScript(
      `const style = (element) => getComputedStyle(element);
       const [field] = arguments;
       return [field, field.parentElement].some((element) => style(element).outlineStyle !== 'none' && parseFloat(style(element).outlineWidth) >= 2);`,
      field,
    );
    assert.ok(focus, 'the focus is drawn by a shadow alone, which forced colours take away');
  });
});

describe('by keyboard alone', () => {
  it('one provider with two repositories, and back once', async () => {
    const page = await open();
    const keys = keyboard(page);
    await keys.tabTo('One repository provider');
    await keys.press(Key.ENTER);
    await page.heading('Your GitLab');
    await keys.tabTo('Provider name');
    await keys.press('gitlab-keys');
    await keys.tabTo('GitLab base URL');
    await keys.press(here.sandbox.gitlab.baseUrl);
    await keys.tabTo('GitLab access token');
    await keys.press(here.sandbox.token('provider_good'));
    await keys.tabTo('Show GitLab access token');
    await keys.press(Key.SPACE);
    await keys.tabTo('Test with GitLab');
    await keys.press(Key.SPACE);
    await page.shows('This token meets the requirements.');
    await keys.tabTo('Continue');
    await keys.press(Key.ENTER);
    await page.heading('Your repositories');
    await keys.tabTo('Back');
    await keys.press(Key.SPACE);
    await page.heading('Your GitLab');
    await keys.tabTo('Continue');
    await keys.press(Key.SPACE);
    await page.heading('Your repositories');
    await keys.tabTo('Repository URL');
    await keys.press(page.repository('platform/terraform-modules'));
    await keys.tabTo('Add a repository');
    await keys.press(Key.ENTER);
    await page.control('textbox', 'Repository URL', 'Repository 2');
    await page.until('the focus in the new row', (root) => root.activeElement?.localName === 'input');
    await keys.press(page.repository('payments/ledger'), Key.ENTER);
    await page.heading('Your Torque space');
    await keys.tabTo('Torque URL');
    await keys.selectAll();
    await keys.press(here.sandbox.torque);
    await keys.tabTo('Space');
    await keys.press(here.sandbox.space);
    await keys.tabTo('Torque API token');
    await keys.press(here.sandbox.torqueTokens.admin, Key.ENTER);
    await page.heading('Review and connect');
    await keys.tabTo('Create the provider', (name) => name.endsWith('Create the provider'));
    await keys.press(Key.ENTER);
    await page.shows('"type": "gitLabEnterprise"');
    await keys.tabTo('Connect');
    await keys.press(Key.ENTER);
    await page.heading('Connected');
  });

  it('the other method is chosen by an arrow, an error is reached from the summary and mended', async () => {
    const page = await open();
    const keys = keyboard(page);
    await keys.tabTo('One repository provider');
    await keys.press(Key.ARROW_DOWN);
    await keys.tabTo('Continue');
    await keys.press(Key.ENTER);
    await page.heading('Your repositories');
    await keys.tabTo('Continue');
    await keys.press(Key.ENTER);
    await page.shows('need your attention');
    await keys.tabTo('Repository URL: ', (name) => name.startsWith('Repository URL: '));
    await keys.press(Key.ENTER);
    await page.until('the focus in the field', (root) => root.activeElement?.localName === 'input');
    await keys.press(page.repository('payments/ledger'), Key.TAB);
    await page.shows('Project gitlab/payments/ledger');
  });
});

describe('the accessibility tree', () => {
  it('names every control of every step', async () => {
    const page = await open();
    const seen = [];
    const look = async () => {
      const controls = await page.run((root) =>
        [...root.querySelectorAll('input, textarea, select, button, a[href], summary')].filter((element) =>
          element.checkVisibility(),
        ),
      );
      for (const control of controls) {
        const name = await control.getAccessibleName();
        assert.notEqual(name.trim(), '', await control.getAttribute('outerHTML'));
        seen.push(name.replace(/\s+/g, ' ').trim());
      }
    };
    await look();
    await page.toRepositories();
    await look();
    await page.press('Back');
    await page.heading('Your GitLab');
    await look();
    for (const name of [
      'Provider name',
      'GitLab base URL',
      'GitLab access token',
      'Show GitLab access token',
      'Repository URL',
    ]) {
      assert.ok(seen.includes(name), `“${name}” is not among ${seen.join(', ')}`);
    }
  });

  it('gives a field its hint and its error, and says that it is invalid', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    await page.type('GitLab base URL', 'gitlab.example.com');
    const field = await page.field('GitLab base URL');
    assert.equal(await field.getAriaRole(), 'textbox');
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    if (!settable) return;
    const node = await inTree(
      page,
      (candidate) => candidate.role?.value === 'textbox' && candidate.name?.value === 'GitLab base URL',
    );
    assert.match(node.description.value, /As in the browser.*must start with https/);
    const property = (name) => node.properties.find((candidate) => candidate.name === name)?.value.value;
    assert.equal(property('invalid'), 'true');
    assert.equal(property('required'), true);
  });

  it('says each step in words, and which one it is', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    const current = await page.run((root) => root.querySelector('[aria-current=step]'));
    assert.match(await current.getAccessibleName(), /^Step 2 of 6: GitLab/);
    const focused = await page.focused();
    assert.equal(await focused.getText(), 'Your GitLab');
  });
});

describe('what is said while it happens', () => {
  it('is a sentence for what has happened, none for a key stroke, none twice', async () => {
    const page = await open();
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    await page.run((root) => {
      window.announced = [];
      const region = root.querySelector('[role=status]');
      new MutationObserver(() => {
        const text = region.textContent.trim();
        if (text !== '') window.announced.push(text);
      }).observe(region, { childList: true, characterData: true, subtree: true });
    });
    const announced = () => page.run(() => window.announced);
    const field = await page.field('GitLab base URL');
    await field.sendKeys('gitlab.example.com');
    assert.deepEqual(await announced(), []);
    await field.sendKeys(Key.TAB);
    await page.until('the error', () => window.announced.some((text) => text.includes('must start with https')));
    await page.fillGitlab();
    await page.run(() => window.announced.splice(0));
    await page.press('Test with GitLab');
    await page.until('the verdict', () => window.announced.includes('This token meets the requirements.'));
    // What has passed before it could be said is left out.
    assert.deepEqual(
      // The address was left just before, and what is said of it may come late.
      (await announced()).filter((text) => text !== 'Asking GitLab…' && !/^(GitLab lists|GitLab base URL)/.test(text)),
      ['This token meets the requirements.'],
    );
    if (!settable) return;
    const region = await inTree(
      page,
      (node) => node.role?.value === 'status' && textOf(node).includes('This token meets the requirements.'),
    );
    assert.equal(region.properties.find(({ name }) => name === 'live').value.value, 'polite');
  });
});

/** Chromium's accessibility tree: the node for which `wanted` holds. */
async function inTree(page, wanted) {
  const { nodes } = await page.driver.sendAndGetDevToolsCommand('Accessibility.getFullAXTree', {});
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  for (const node of nodes) node.inside = (node.childIds ?? []).map((id) => byId.get(id)).filter(Boolean);
  const node = nodes.find((candidate) => !candidate.ignored && wanted(candidate));
  assert.ok(node, 'there is no such node in the accessibility tree');
  return node;
}

function textOf(node) {
  return [node.role?.value === 'StaticText' ? node.name.value : '', ...node.inside.map(textOf)].join('');
}

/** What reaches out of the window to the right. */
function tooWide(page) {
  return page.run((root) => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const all = [...document.querySelectorAll('*'), ...root.querySelectorAll('*')];
    return all
      .filter((element) => element.getBoundingClientRect().right > room + 1)
      .map(
        (element) => `${element.localName}.${element.className}: ${element.getBoundingClientRect().right} of ${room}`,
      );
  });
}

/** A user who has the keyboard alone: Tab until a control has the focus, then keys. */
function keyboard(page) {
  const press = (...sent) =>
    page.driver
      .actions()
      .sendKeys(...sent)
      .perform();
  return {
    press,
    selectAll: () => page.driver.actions().keyDown(Key.CONTROL).sendKeys('a').keyUp(Key.CONTROL).perform(),
    async tabTo(name, fits = (candidate) => candidate === name) {
      const passed = [];
      for (let presses = 0; presses < 60; presses += 1) {
        const focused = await page.run((root) => root.activeElement);
        if (focused !== null) {
          const found = (await focused.getAccessibleName()).replace(/\s+/g, ' ').trim();
          if (fits(found)) return;
          passed.push(found);
        }
        await press(Key.TAB);
      }
      assert.fail(`“${name}” is not reached by Tab, but ${passed.join(' → ')}`);
    },
  };
}
