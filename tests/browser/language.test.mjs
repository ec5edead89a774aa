/** The element in other languages than English. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inBrowser } from './support.mjs';

const { open } = inBrowser();

const summary = (page) =>
  page.run((root) => ({ lang: root.querySelector('.frame').lang, heading: root.querySelector('h2').textContent }));

describe('the language', () => {
  it('is that of the page, also when it changes, down to what the core says', async () => {
    const page = await open();
    assert.equal((await summary(page)).lang, 'en');
    await page.driver.executeScript(`document.querySelector('#language').click()`);
    await page.heading('Wie soll Torque Ihr GitLab erreichen?');
    assert.equal(await page.driver.getTitle(), 'GitLab mit Torque verbinden');
    await page.press('Weiter');
    await page.heading('Ihr GitLab');
    await page.type('Adresse Ihres GitLab', 'https://user:secret@gitlab.example.com/');
    assert.match(await page.verdict('Adresse Ihres GitLab'), /enthält vor dem @ einen Benutzernamen/);
    assert.equal((await summary(page)).lang, 'de');
  });

  it('is English, and says so, where there are no texts for it', async () => {
    const page = await open();
    await page.run((root) => {
      root.host.lang = 'tlh';
    });
    assert.deepEqual(await summary(page), { lang: 'en', heading: 'How should Torque reach your GitLab?' });
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
