/**
 * Takes pictures of every state of the page into `target/screenshots/`: at three widths, light and dark, in German,
 * from right to left, and in forced colours. `node tests/browser/screenshots.mjs [pattern of file names]`, for example `gitlab.*-360`.
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { startBrowser } from './engines.mjs';
import { states } from './states.mjs';
import { Page, startSandbox } from './support.mjs';

const folder = fileURLToPath(new URL('../../target/screenshots/', import.meta.url));
const wanted = new RegExp(process.argv[2] ?? '');

const looks = [
  ...[360, 768, 1440].flatMap((width) => [
    { name: `${width}-light`, width },
    { name: `${width}-dark`, width, dark: true },
  ]),
  { name: '768-german', width: 768, lang: 'de' },
  { name: '768-rtl', width: 768, dir: 'rtl' },
  { name: '768-forced', width: 768, dark: true, forcedColours: true },
];

await mkdir(folder, { recursive: true });
const browser = await startBrowser();
let failed = 0;
try {
  for (const [state, arrive] of Object.entries(states)) {
    const these = looks.filter(({ name }) => wanted.test(`${state}-${name}.png`));
    if (these.length === 0) continue;
    const sandbox = await startSandbox('--failures-switch');
    try {
      const page = await Page.open(browser, sandbox);
      await arrive(page);
      for (const { name, width, dark = false, forcedColours = false, lang = 'en', dir = 'ltr' } of these) {
        await browser.look({ width, height: 900, dark, forcedColours });
        await page.run(
          (_, lang, dir) => {
            document.querySelector('#sandbox').toggleAttribute('hidden', true);
            if (document.documentElement.lang !== lang) document.querySelector('#language').click();
            document.documentElement.dir = dir;
            // Two frames: what follows the language has been drawn then.
            return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          },
          lang,
          dir,
        );
        await writeFile(`${folder}${state}-${name}.png`, await picture(browser.driver));
        console.log(`${state}-${name}.png`);
      }
    } catch (error) {
      failed += 1;
      console.error(`${state}: ${error.message}`);
    } finally {
      sandbox.stop();
    }
  }
} finally {
  await browser.stop();
}
process.exitCode = failed === 0 ? 0 : 1;

/** The whole page, also what lies below the window. */
async function picture(driver) {
  const { cssContentSize } = await driver.sendAndGetDevToolsCommand('Page.getLayoutMetrics', {});
  const { data } = await driver.sendAndGetDevToolsCommand('Page.captureScreenshot', {
    captureBeyondViewport: true,
    clip: { ...cssContentSize, scale: 1 },
  });
  return Buffer.from(data, 'base64');
}
