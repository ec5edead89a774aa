/**
 * Takes a picture of every state of the page, at three widths, light and dark, into `target/screenshots/`.
 * `node tests/browser/screenshots.mjs [pattern of file names]`, for example `gitlab.*-360`.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startBrowser } from './engines.mjs';
import { Page, startSandbox } from './support.mjs';

const folder = fileURLToPath(new URL('../../target/screenshots/', import.meta.url));
const wanted = new RegExp(process.argv[2] ?? '');

const provider = async (page, token) => {
  await page.chooseMethod('One repository provider');
  await page.fillGitlab({ token });
};
const repositories = async (page, ...paths) => {
  await page.toRepositories();
  // A path with / in front leaves the base URL.
  for (const [index, path] of paths.entries()) {
    if (index > 0) await page.press('Add a repository');
    await page.typeRepository(index + 1, new URL(path, page.sandbox.gitlab.baseUrl).href);
  }
};
const torque = async (page, token) => {
  await page.press('Continue');
  await page.fillTorque({ token });
};
const review = async (page, token) => {
  await page.toReview({ torque: { token }, repositories: ['platform/terraform-modules', 'payments/ledger'] });
};

/** Every state by its name: how one gets there. */
const states = {
  '1-method': async () => {},
  '2-gitlab-errors': async (page) => {
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    await page.type('Address of your GitLab', 'gitlab.example.com/');
    await page.press('Continue');
    await page.shows('need your attention');
  },
  '2-gitlab-ok': async (page) => {
    await provider(page);
    await page.press('Test with GitLab');
    await page.shows('This token will do.');
  },
  '2-gitlab-rejected': async (page) => {
    await provider(page, page.sandbox.token('read_api_only'));
    await page.press('Test with GitLab');
    await page.shows('This token will not do yet.');
  },
  '2-gitlab-expiring': async (page) => {
    await provider(page, page.sandbox.token('provider_expiring'));
    await page.press('Test with GitLab');
    await page.shows('This token will not do yet.');
  },
  '2-gitlab-unknown': async (page) => {
    await page.chooseMethod('One repository provider');
    await page.fillGitlab({ baseUrl: 'http://127.0.0.1:9/' });
    await page.press('Test with GitLab');
    await page.shows('That says nothing against the token.');
  },
  '3-repositories': (page) =>
    repositories(page, 'platform/terraform-modules', 'payments/ledger/-/tree/develop', '/gitlab-old/platform/charts'),
  '3-repositories-outside': (page) => repositories(page, 'platform/terraform-modules', '/gitlab-old/platform/charts'),
  '3-repositories-tokens': async (page) => {
    await page.chooseMethod('A token for each repository');
    await page.heading('Your repositories');
    await page.typeRepository(1, page.repository('payments/ledger'));
    await page.type('Address of your GitLab, to check the tokens', page.sandbox.gitlab.baseUrl);
    await page.type('Token of this repository', page.sandbox.token('repository_good'), 'Repository 1');
    await page.press('Test with GitLab');
    await page.shows('This token will do.');
  },
  '3-repositories-list': async (page) => {
    await repositories(page);
    await page.press('Paste a list');
    await page.type(
      'lines',
      [
        page.repository('platform/terraform-modules'),
        page.repository('payments/ledger/-/tree/main'),
        new URL('/gitlab-old/platform/charts', page.sandbox.gitlab.baseUrl).href,
        page.repository('payments/ledger'),
      ].join('\n'),
    );
    await page.shows('2 repositories can be added.');
  },
  '3-repositories-pick': async (page) => {
    await repositories(page, 'platform/terraform-modules');
    await page.press('Pick from GitLab');
    await page.until('projects', (root) => root.querySelector('#projects'));
    await page.press('payments/ledger');
  },
  '4-torque': async (page) => {
    await repositories(page, 'platform/terraform-modules');
    await torque(page);
  },
  '5-review': (page) => review(page),
  '5-review-json': async (page) => {
    await review(page);
    await page.press('Create the provider');
    await page.press('The same with curl');
  },
  '6-connecting': async (page) => {
    await review(page);
    await page.press('Connect');
    await page.heading('Connecting');
    await page.shows('Syncing');
  },
  '7-connected': async (page) => {
    await review(page);
    await page.press('Connect');
    await page.heading('Connected');
  },
  '7-failed': async (page) => {
    await review(page, 'not-the-token');
    await page.press('Connect');
    await page.heading('Not connected');
  },
  '7-partial': async (page) => {
    await repositories(page, 'platform/terraform-modules', 'payments/empty-start');
    await torque(page);
    await page.press('Continue');
    await page.heading('Review and connect');
    await page.press('Connect');
    await page.heading('Partly connected');
  },
};

await mkdir(folder, { recursive: true });
const browser = await startBrowser();
try {
  for (const [name, arrive] of Object.entries(states)) {
    for (const width of [360, 768, 1440]) {
      for (const dark of [false, true]) {
        const file = `${name}-${width}-${dark ? 'dark' : 'light'}.png`;
        if (!wanted.test(file)) continue;
        // A sandbox for each picture: what one has created is in the way of the next.
        const sandbox = await startSandbox();
        const page = await Page.open(browser, sandbox, { width, height: 900, dark });
        try {
          await arrive(page);
          await page.run(() => document.querySelector('#sandbox').toggleAttribute('hidden', true));
        } catch (error) {
          console.error(`${name}: ${error.message}`);
        }
        await writeFile(`${folder}${file}`, await picture(browser.driver));
        console.log(file);
        sandbox.stop();
      }
    }
  }
} finally {
  await browser.stop();
}

/** The whole page, also what lies below the window. */
async function picture(driver) {
  const { cssContentSize } = await driver.sendAndGetDevToolsCommand('Page.getLayoutMetrics', {});
  const { data } = await driver.sendAndGetDevToolsCommand('Page.captureScreenshot', {
    captureBeyondViewport: true,
    clip: { ...cssContentSize, scale: 1 },
  });
  return Buffer.from(data, 'base64');
}
