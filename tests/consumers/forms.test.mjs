// react-hook-form and TanStack Form with the schemas: what is wrong stands beside its field, what is sent is canonical.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as esbuild from 'esbuild';
import { By, Key } from 'selenium-webdriver';
import { here, patience, serve, startBrowser } from './support.mjs';

const { driver, stop } = await startBrowser();
after(stop);

test('the schemas have the types that the libraries want', () => {
  const tsc = join(here, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '--project', join(here, 'forms')], { stdio: ['ignore', 'inherit', 'inherit'] });
});

const forms = {
  'react-hook-form': {
    id: 'hook-form',
    bad: [
      'ftp://gitlab.example.com',
      'This scheme is not supported. Enter a URL that starts with https:// or http://.',
    ],
    good: ['HTTPS://GitLab.Example.com', 'https://gitlab.example.com/'],
  },
  'TanStack Form': {
    id: 'tanstack-form',
    bad: ['https://gitlab.example.com/other/a/b', "This repository is outside the provider's base URL"],
    good: ['https://gitlab.example.com/gitlab/group/project.git', 'https://gitlab.example.com/gitlab/group/project'],
  },
};

for (const [library, { id, bad, good }] of Object.entries(forms)) {
  test(library, async (context) => {
    const outdir = join(here, 'out/forms');
    const entryPoints = [join(here, 'forms/forms.tsx')];
    const define = { 'process.env.NODE_ENV': '"production"' };
    await esbuild.build({ entryPoints, bundle: true, minify: true, format: 'esm', jsx: 'automatic', define, outdir });
    await driver.get(await serve(context, outdir, { more: { '/': join(here, 'forms/index.html') } }));
    const part = (selector) => driver.findElement(By.css(`#${id} ${selector}`));
    await driver.wait(() => driver.executeScript('return document.querySelector("button") !== null'), patience);

    /** Types, sends, and waits for what is shown then. */
    const send = async (typed, selector, shown) => {
      await (await part('input')).sendKeys(Key.chord(Key.CONTROL, 'a'), typed);
      await (await part('button')).click();
      await driver.wait(
        async () => (await (await part(selector)).getText()).includes(shown),
        patience,
        `waited for ${shown}`,
      );
    };
    await send(bad[0], '[role="alert"]', bad[1]);
    await send(good[0], 'output', good[1]);
  });
}
