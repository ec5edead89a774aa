/** The element in other languages than English. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inBrowser } from './support.mjs';

const here = inBrowser();
const { open } = here;

const summary = (page) =>
  page.run((root) => ({ lang: root.querySelector('.frame').lang, heading: root.querySelector('h2').textContent }));

/** In the page: on which side of the character before it the last one of a text is drawn. */
function whereItEnds(root, selector, text) {
  const walker = document.createTreeWalker(root.querySelector(selector), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const start = node.data.lastIndexOf(text);
    if (start < 0) continue;
    const [before, last] = [2, 1].map((distance) => {
      const at = start + text.length - distance;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect();
    });
    return last.left > before.left ? 'right' : `left: ${node.data}`;
  }
  return `${selector} has no text ${text}`;
}

describe('the language', () => {
  it('is that of the page, also when it changes, down to what the core says', async () => {
    const page = await open();
    assert.equal((await summary(page)).lang, 'en');
    await page.driver.executeScript(`document.querySelector('#language').click()`);
    await page.heading('Wie soll Torque Ihr GitLab erreichen?');
    assert.equal(await page.driver.getTitle(), 'GitLab mit Torque verbinden');
    await page.press('Weiter');
    await page.heading('Ihr GitLab');
    await page.type('GitLab-Basis-URL', 'https://user:secret@gitlab.example.com/');
    assert.match(await page.verdict('GitLab-Basis-URL'), /enthält vor dem @ einen Benutzernamen/);
    assert.equal((await summary(page)).lang, 'de');
  });

  it('is English, and says so, where there are no texts for it', async () => {
    const page = await open();
    await page.run((root) => {
      root.host.lang = 'tlh';
    });
    assert.deepEqual(await summary(page), { lang: 'en', heading: 'How should Torque reach your GitLab?' });
  });

  it('that is written from right to left leaves addresses and code as they are', async () => {
    const page = await open({ width: 768 });
    await page.run((root) => {
      document.documentElement.lang = 'ar';
      document.documentElement.dir = 'rtl';
      root.host.messages = {
        'repositories.lead': 'يجب أن يقع كل مستودع تحت {base}',
        'field.base_url_ok_path': '{scheme} على {host}، المنفذ {port}، تحت {path}',
        'field.repository_url_inside': 'داخل {base}: {path}',
      };
    });
    const { baseUrl } = here.sandbox.gitlab;
    const project = 'platform/terraform-modules';
    await page.toRepositories();
    assert.equal(await page.run(whereItEnds, '.lead', baseUrl), 'right');
    await page.typeRepository(1, page.repository(project));
    assert.equal(await page.run(whereItEnds, '.note.good', baseUrl), 'right');
    assert.equal(await page.run(whereItEnds, '.note.good', project), 'right');
    await page.press('Back');
    await page.heading('Your GitLab');
    assert.equal(await page.run(whereItEnds, '#base-url-verdict', new URL(baseUrl).pathname), 'right');
    await page.press('Continue');
    await page.fromRepositoriesToReview();
    await page.press('Create the provider');
    assert.equal(await page.run(whereItEnds, 'pre', '"gitlab-1",'), 'right');
  });

  it('is written from left to right where the page is not, and there are only English texts', async () => {
    const page = await open();
    await page.run(() => {
      document.documentElement.lang = 'ar';
      document.documentElement.dir = 'rtl';
    });
    await page.until('English', (root) => getComputedStyle(root.querySelector('.frame')).direction === 'ltr');
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    assert.equal(await page.run(whereItEnds, '#base-url-hint', 'https://gitlab.example.com:8443/gitlab/'), 'right');
  });

  it('can be replaced text by text', async () => {
    const page = await open();
    await page.run((root) => {
      root.host.lang = 'fr';
      root.host.messages = { 'method.heading': 'Comment Torque doit-il joindre votre GitLab ?' };
    });
    await page.heading('Comment Torque doit-il joindre votre GitLab ?');
    assert.equal((await summary(page)).lang, 'fr');
  });
});
