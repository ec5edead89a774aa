/** Many repositories at once, and the drawing of the base URL over a repository's. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Key } from 'selenium-webdriver';
import { inBrowser, patience } from './support.mjs';

const here = inBrowser();

/** The step of the repositories, with a provider at the sandbox's GitLab. */
async function open(gitlab) {
  const page = await here.open();
  await page.chooseMethod('One repository provider');
  await page.fillGitlab(gitlab);
  await page.press('Continue');
  await page.heading('Your repositories');
  return page;
}

const listed = (page) =>
  page.run((root) => [...root.querySelectorAll('.line .name')].map((name) => name.innerText.trim()));

/** Each part as it is read out. */
const parts = (page) =>
  page.run((root) =>
    [...root.querySelectorAll('.compare li')].map((part) => part.textContent.replace(/\s+/g, ' ').trim()),
  );

describe('a list', () => {
  it('is added where it is right, and says by line what is wrong with the rest', async () => {
    const page = await open();
    await page.press('Paste a list');
    const lines = ['platform/terraform-modules', '../gitlab-old/platform/charts', 'payments/ledger.git'];
    await page.type(
      'List of repositories',
      lines.map((path) => new URL(path, here.sandbox.gitlab.baseUrl).href).join('\n'),
    );
    await page.shows('2 repositories can be added.');
    assert.match(await page.verdict('List of repositories'), /Line 2: This repository is outside/);
    await page.press('Add 2');
    assert.deepEqual(await listed(page), ['platform/terraform-modules', 'payments/ledger']);
    // A second time adds nothing.
    await page.press('Add 2');
    assert.equal((await listed(page)).length, 2);
  });

  it('that is pasted into the field of one repository is taken as a list', async () => {
    const page = await open();
    const text = ['a/one', 'a/two', 'a/three'].map((path) => page.repository(path)).join('\r\n');
    await paste(page, text);
    await page.until('three rows', (root) => root.querySelectorAll('.line').length === 3);
    assert.deepEqual(await listed(page), ['a/one', 'a/two', 'a/three']);
  });

  it('may be a CSV file that is dropped; what is in it is not shown', async () => {
    const page = await open();
    await page.press('Paste a list');
    const csv = `url;branch;agents\r\n${page.repository('platform/terraform-modules')};release;eks|aks\r\n`;
    await page.run((root, csv) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([csv], 'repositories.csv', { type: 'text/csv' }));
      const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
      root.querySelector('#lines').dispatchEvent(drop);
    }, csv);
    await page.shows('1 repository can be added.');
    assert.equal(await page.run((root) => root.querySelector('#lines').value), 'repositories.csv');
    await page.press('Add 1');
    assert.deepEqual(await listed(page), ['platform/terraform-modules release']);
    await page.press('Edit');
    assert.equal(await page.run((root) => root.querySelector('[id$="-agents"]').value), 'eks, aks');
  });
});

describe('a file', () => {
  it('that is not UTF-8 is refused, and everybody sees it', async () => {
    const page = await open();
    await page.press('Paste a list');
    await page.run((root, url) => {
      // As a spreadsheet writes it that knows nothing else than Windows-1252.
      const bytes = Uint8Array.from(`url,name\n${url},Pr\u00fcfung\n`, (character) => character.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], 'repositories.csv', { type: 'text/csv' }));
      const drop = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
      root.querySelector('#lines').dispatchEvent(drop);
    }, page.repository('a/one'));
    await page.until('what is wrong', (root) => root.querySelector('#lines-verdict').innerText.includes('UTF-8'));
    assert.doesNotMatch(await page.text(), /can be added/);
    await page.type('List of repositories', page.repository('a/one'));
    assert.doesNotMatch(await page.verdict('List of repositories'), /UTF-8/);
    await page.press('Add 1');
    assert.deepEqual(await listed(page), ['a/one']);
  });
});

/** A list in the box, with two good lines and two whose meaning is plain. */
async function waitingList(page) {
  await page.press('Paste a list');
  const list = ['a/one', 'a/two', 'a/three/-/tree/main', 'a/four/-/issues'].map((path) => page.repository(path));
  await page.type('List of repositories', list.join('\n'));
  await page.shows('2 repositories can be added.');
  return list;
}

/** Puts a text into the field of the first repository as the clipboard does. */
const paste = (page, text) =>
  page.run((root, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    const event = new Event('paste', { bubbles: true, cancelable: true });
    // Not every engine takes it from the constructor.
    Object.defineProperty(event, 'clipboardData', { value: clipboardData });
    root.querySelector('#repository-1-url').dispatchEvent(event);
  }, text);

describe('a list that is not added yet', () => {
  it('keeps the step, and is linked to from above the form', async () => {
    const page = await open();
    await waitingList(page);
    await page.press('Paste a list');
    await page.press('Continue');
    await page.shows('One thing needs your attention');
    await page.press('2 repositories in your list are not added yet. Add them or clear the list.');
    assert.equal(await (await page.focused()).getAttribute('id'), 'lines');
    await page.press('Add 2');
    await page.press('Continue');
    await page.shows('Fix the remaining lines or clear the list.');
    await page.press('Clear the list');
    await page.press('Continue');
    await page.heading('Your Torque space');
  });

  it('is not passed by on the way over the steps either', async () => {
    const page = await here.open();
    await page.toReview();
    await page.press('Repositories');
    await page.heading('Your repositories');
    await waitingList(page);
    const review = await page.control('button', 'Review');
    await page.driver.wait(async () => !(await review.isEnabled()), patience, 'the review to close');
    await page.press('Continue');
    await page.shows('2 repositories in your list are not added yet.');
  });

  it('offers to take what was meant, line by line or all at once', async () => {
    const page = await open();
    await waitingList(page);
    await page.press(`Use ${page.repository('a/three')}`);
    await page.shows('3 repositories can be added.');
    await page.type(
      'List of repositories',
      ['a/one/-/tree/main', 'a/two', 'a/three/-/issues'].map((path) => page.repository(path)).join('\n'),
    );
    await page.press('Apply 2 suggestions');
    await page.press('Add 3');
    assert.deepEqual(await listed(page), ['a/one', 'a/two', 'a/three']);
  });

  it('holds the names of agents as a table may write them', async () => {
    const page = await open();
    await page.typeRepository(1, page.repository('platform/terraform-modules'));
    await page.press('Name, branch, agents');
    await page.type('Agents', 'eks; aks');
    const { repositories } = await page.run((root) => root.host.entries);
    assert.deepEqual(repositories[0].agents, ['eks', 'aks']);
  });

  it('comes back after a reload, unless it holds what could be a token', async () => {
    const page = await open();
    const list = await waitingList(page);
    await here.browser.driver.navigate().refresh();
    await page.heading('Your GitLab');
    await page.type('GitLab access token', here.sandbox.token('provider_good'));
    await page.press('Continue');
    await page.heading('Your repositories');
    assert.equal(await page.value('List of repositories'), list.join('\n'));
    const stored = async (text) => {
      await page.type('List of repositories', text);
      return page.run(() => {
        dispatchEvent(new Event('pagehide'));
        return JSON.parse(sessionStorage.getItem('torque-gitlab-connect')).lines;
      });
    };
    const address = page.repository('a/one');
    assert.equal(await stored(address), address);
    // Out of the back/forward cache as well.
    assert.equal(await page.value('List of repositories'), address);
    const secret = here.sandbox.token('repository_good');
    for (const text of [
      `url,token\n${address},${secret}`,
      `${address},${secret}`,
      `${address}\n${secret}`,
      `${address}/${secret}`,
      address.replace('://', `://oauth2:${secret}@`),
      `${address}?private_token=hunter2`,
      `${address}\nhunter2`,
    ])
      assert.equal(await stored(text), '', text);
  });

  it('of hundreds of kilobytes of rubbish is told in a few lines, and can be emptied', async () => {
    const page = await here.open();
    await page.toRepositories();
    await page.press('Paste a list');
    await page.run((root) => {
      const field = root.querySelector('#lines');
      field.value = 'x\n'.repeat(100_000);
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    });
    await page.shows('more than 10000 repositories');
    await page.shows('And 9996 more.');
    assert.equal(await page.run((root) => root.querySelectorAll('#lines-verdict .note').length), 5);
    await page.press('Clear the list');
    assert.equal(await page.value('List of repositories'), '');
  });

  it('is no mistake of the empty row that it was pasted into', async () => {
    const page = await here.open();
    await page.chooseMethod('A token for each repository');
    await page.heading('Your repositories');
    const field = await page.field('Repository URL');
    await field.sendKeys('x', Key.BACK_SPACE);
    await paste(page, `${page.repository('a/one')}\n${page.repository('a/two/-/tree/main')}`);
    await page.shows('Line 2: This is the URL of a page in a project.');
    assert.equal(await page.verdict('Repository URL', 'Repository 1'), '');
    await page.press('Continue');
    await page.shows('One thing needs your attention');
    assert.equal(await page.verdict('Repository URL', 'Repository 1'), '');
  });

  it('is asked for as an address of a repository where nothing is entered', async () => {
    const page = await here.open();
    await page.chooseMethod('A token for each repository');
    await page.heading('Your repositories');
    await page.press('Continue');
    assert.match(await page.verdict('Repository URL', 'Repository 1'), /gitlab\.example\.com\/group\/project\./);
  });
});

describe('the projects that the token reaches', () => {
  it('are listed page by page, searched, and picked', async () => {
    const page = await open();
    await page.press('Pick from GitLab');
    await page.until('a page of projects', (root) => root.querySelectorAll('#projects input').length === 100);
    await page.press('Show more');
    await page.until('more projects', (root) => root.querySelectorAll('#projects input').length > 100);
    const search = await page.field('Projects that the token can see');
    await search.sendKeys('ledger', Key.ENTER);
    await page.until('what was searched', (root) => root.querySelectorAll('#projects input').length === 1);
    await page.press('payments/ledger');
    await page.press('Add 1 project');
    assert.deepEqual(await listed(page), ['payments/ledger develop']);
  });

  it('are marked where an older GitLab lists what it is going to delete', async () => {
    const page = await open({ baseUrl: here.sandbox.gitlab.old });
    await page.press('Pick from GitLab');
    await page.until('a page of projects', (root) => root.querySelectorAll('#projects input').length === 100);
    const search = await page.field('Projects that the token can see');
    await search.sendKeys('old-invoices', Key.ENTER);
    await page.until('the mark', (root) => root.querySelector('#projects')?.innerText.includes('marked for deletion'));
  });

  it('cannot be listed without an answer, and that is said', async () => {
    const page = await open();
    await page.run((root) => {
      root.host.fetch = () => Promise.reject(new TypeError('no network'));
    });
    await page.press('Pick from GitLab');
    await page.shows('The browser got no answer.');
    await page.says('no answer');
  });
});

describe('a GitLab that is reached by plain http on another machine', () => {
  /** The addresses that the element asks; nothing goes out. */
  const asked = (page) => page.run(() => window.asked);

  async function openOverHttp(policy) {
    const page = await here.open({ policy });
    await page.run((root) => {
      window.asked = [];
      root.host.fetch = (url) => {
        window.asked.push(url);
        return Promise.resolve(Response.json([], { status: 200 }));
      };
    });
    await page.chooseMethod('One repository provider');
    await page.fillGitlab({ baseUrl: 'http://gitlab.corp.example/', token: 'glpat-0123456789abcdefghij' });
    return page;
  }

  it('gets no token before the user allows it, by whatever button', async () => {
    const page = await openOverHttp();
    await page.press('Test with GitLab');
    await page.until('the focus on the leave', (root) => root.activeElement?.id === 'token-allow-http');
    await page.press('Continue');
    await page.heading('Your repositories');
    await page.press('Pick from GitLab');
    await page.until('the focus on the leave', (root) => root.activeElement?.id === 'projects-allow-http');
    await page.press('Find');
    assert.deepEqual(await asked(page), []);
    await page.press('Send the token to this URL unencrypted');
    await page.press('Find');
    await page.until('a question', () => window.asked.length === 1);
    assert.match((await asked(page))[0], /^http:\/\/gitlab\.corp\.example\/api\/v4\/projects\?/);
    // The leave is taken back.
    await page.press('Send the token to this URL unencrypted');
    await page.press('Find');
    await page.until('the focus on the leave', (root) => root.activeElement?.id === 'projects-allow-http');
    assert.equal((await asked(page)).length, 1);
  });

  it('is asked without a question to the user where the embedding page allows it', async () => {
    const page = await openOverHttp({ allowHttp: true });
    assert.equal(await page.has('checkbox', 'Send the token to this URL unencrypted'), false);
    await page.press('Test with GitLab');
    await page.until('a question', () => window.asked.length > 0);
  });
});

describe('a repository that is removed', () => {
  it('leaves the focus in the step, also where the others are drawn as lines', async () => {
    const page = await open();
    await page.press('Paste a list');
    await page.type('List of repositories', ['a/one', 'a/two'].map((path) => page.repository(path)).join('\n'));
    await page.press('Add 2');
    await page.press('Remove', 'a/two');
    await page.until('the focus on the heading', (root) => root.activeElement?.id === 'heading');
    assert.deepEqual(await listed(page), ['a/one']);
  });
});

describe('the drawing of the two URLs', () => {
  it('follows what is typed, and names the part that differs', async () => {
    const page = await open();
    const field = await page.field('Repository URL');
    const over = async (text) => {
      await page.driver.executeScript('arguments[0].focus(); arguments[0].select()', field);
      await page.driver.actions().sendKeys(text).perform();
    };
    const { port, protocol } = new URL(here.sandbox.gitlab.baseUrl);
    const scheme = protocol.slice(0, -1);
    await over(page.repository('payments/ledger'));
    assert.deepEqual(await parts(page), [
      `Scheme: ${scheme} is the same as ${scheme}`,
      'Host: 127.0.0.1 is the same as 127.0.0.1',
      `Port: ${port} is the same as ${port}`,
      'Base path: /gitlab/ is the same as /gitlab/',
      'Group: under the base URL payments',
      'Project: under the base URL ledger',
    ]);
    await over(new URL('/gitlab-old/payments/ledger', here.sandbox.gitlab.baseUrl).href);
    assert.deepEqual((await parts(page)).slice(3), [
      'Base path: /gitlab/ ≠ is not /gitlab-old/',
      'Rest: not compared with payments/ledger',
    ]);
    await over('https://127.0.0.1/');
    assert.deepEqual((await parts(page)).slice(0, 2), [
      `Scheme: ${scheme} ≠ is not https`,
      'Host: 127.0.0.1 not compared with 127.0.0.1',
    ]);
  });
});
