/**
 * Takes a picture of every state of the page, at three widths, light and dark, into `target/screenshots/`.
 * `node tests/browser/screenshots.mjs [pattern of file names]`, for example `gitlab.*-360`.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startBrowser } from './engines.mjs';
import { states } from './states.mjs';
import { Page, startSandbox } from './support.mjs';

const folder = fileURLToPath(new URL('../../target/screenshots/', import.meta.url));
const wanted = new RegExp(process.argv[2] ?? '');

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
