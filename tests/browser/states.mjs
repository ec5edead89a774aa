/**
 * The states of the page that are looked at: by people in pictures, by machines for access. Their sandbox needs
 * `--failures-switch`.
 */

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
/** So many of its repositories stay so. */
const connecting = async (page, syncing = '100%') => {
  await page.sandbox.failures(`slow-sync=100000:connect:${syncing}`);
  await page.press('Connect');
  await page.heading('Connecting');
  await page.shows('Syncing');
};
const fleet = (page) => Array.from({ length: 200 }, (_, index) => page.repository(unit(index + 1)));
const unit = (number) => `fleet/unit-${String(number).padStart(3, '0')}`;
/** Fills in what a page around the element would. */
const fill = (page, entries) => page.run((root, entries) => root.host.fill(entries), entries);

/** Every state by its name: how one gets there from the first step. */
export const states = {
  '1-method': async () => {},
  '2-gitlab-errors': async (page) => {
    await page.chooseMethod('One repository provider');
    await page.heading('Your GitLab');
    await page.type('GitLab base URL', 'gitlab.example.com/');
    await page.press('Continue');
    await page.shows('need your attention');
  },
  '2-gitlab-ok': async (page) => {
    await provider(page);
    await page.press('Test with GitLab');
    await page.shows('This token meets the requirements.');
  },
  '2-gitlab-rejected': async (page) => {
    await provider(page, page.sandbox.token('read_api_only'));
    await page.press('Test with GitLab');
    await page.shows('This token does not meet the requirements.');
  },
  '2-gitlab-expiring': async (page) => {
    await provider(page, page.sandbox.token('provider_expiring'));
    await page.press('Test with GitLab');
    await page.shows('This token does not meet the requirements.');
  },
  '2-gitlab-unknown': async (page) => {
    await page.chooseMethod('One repository provider');
    await page.fillGitlab({ baseUrl: 'http://127.0.0.1:9/' });
    await page.press('Test with GitLab');
    await page.shows('The token may still work.');
  },
  '3-repositories': (page) =>
    repositories(page, 'platform/terraform-modules', 'payments/ledger/-/tree/develop', '/gitlab-old/platform/charts'),
  '3-repositories-outside': (page) => repositories(page, 'platform/terraform-modules', '/gitlab-old/platform/charts'),
  '3-repositories-tokens': async (page) => {
    await page.chooseMethod('A token for each repository');
    await page.heading('Your repositories');
    await page.typeRepository(1, page.repository('payments/ledger'));
    await page.type('GitLab base URL, to test the tokens', page.sandbox.gitlab.baseUrl);
    await page.type('Repository token', page.sandbox.token('repository_good'), 'Repository 1');
    await page.press('Test with GitLab');
    await page.shows('This token meets the requirements.');
  },
  '3-repositories-list': async (page) => {
    await repositories(page);
    await page.press('Paste a list');
    await page.type(
      'List of repositories',
      [
        page.repository('platform/terraform-modules'),
        page.repository('payments/ledger/-/tree/main'),
        new URL('/gitlab-old/platform/charts', page.sandbox.gitlab.baseUrl).href,
        page.repository('payments/ledger'),
      ].join('\n'),
    );
    await page.shows('2 repositories can be added.');
  },
  '3-repositories-waiting': async (page) => {
    await states['3-repositories-list'](page);
    await page.press('Continue');
    await page.shows('are not added yet');
  },
  '3-repositories-dropped': async (page) => {
    await repositories(page);
    await page.press('Paste a list');
    const csv = `url,branch\n${page.repository('platform/terraform-modules')},main\n${page.repository('payments')},main\n`;
    await page.run((root, csv) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([csv], 'repositories.csv', { type: 'text/csv' }));
      root
        .querySelector('#lines')
        .dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, csv);
    await page.shows('1 repository can be added.');
  },
  '3-repositories-many': async (page) => {
    await repositories(page);
    await page.press('Paste a list');
    await page.run((root, text) => {
      const area = root.querySelector('#lines');
      area.value = text;
      area.dispatchEvent(new InputEvent('input'));
    }, fleet(page).join('\n'));
    await page.press('Add 200');
    await page.shows('1 to 50 of 200');
  },
  '3-repositories-pick': async (page) => {
    await repositories(page, 'platform/terraform-modules');
    await page.press('Pick from GitLab');
    await page.until('projects', (root) => root.querySelector('#projects'));
    await page.press('payments/ledger');
  },
  '3-restored': async (page) => {
    await repositories(page, 'platform/terraform-modules');
    await page.until('the entries are kept', () =>
      sessionStorage.getItem('torque-gitlab-connect')?.includes('modules'),
    );
    await page.driver.navigate().refresh();
    await page.shows('Your entries are restored.');
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
    await connecting(page);
  },
  '6-connecting-many': async (page) => {
    await review(page);
    await fill(page, { repositories: fleet(page).map((url) => ({ url })) });
    await connecting(page, '90%');
  },
  '7-paused': async (page) => {
    await review(page);
    await connecting(page);
    await page.press('Pause');
    await page.heading('Paused');
  },
  '7-provider-unknown': async (page) => {
    await review(page);
    await page.sandbox.failures('500-before:provider:1');
    await page.press('Connect');
    await page.heading('Unknown');
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
