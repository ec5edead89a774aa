// `examples/next`: a portal with Next.js (app router), from the empty form to connected repositories.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { connectByForm, here, patience, startBrowser } from './support.mjs';

const { driver, stop } = await startBrowser();
after(stop);

const next = join(here, 'node_modules/next/dist/bin/next');
const cwd = join(here, 'next-portal');
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };

test('a portal with Next.js connects through torqueProxy', async (context) => {
  const sandbox = spawn(process.env.SANDBOX, ['--port', '0', '--json', '--until-stdin-closes'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  context.after(() => sandbox.stdin.end());
  const [line] = await once(createInterface({ input: sandbox.stdout }), 'line');
  const { torque, torqueTokens, gitlab, space, tokens } = JSON.parse(line);

  const built = spawn(process.execPath, [next, 'build'], { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
  assert.deepEqual(await once(built, 'exit'), [0, null]);
  const settings = { TORQUE: torque, TORQUE_TOKEN: torqueTokens.admin, SESSION_KEY: 'a-session' };
  const server = spawn(process.execPath, [next, 'start', '--port', '0', '--hostname', '127.0.0.1'], {
    cwd,
    env: { ...env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  context.after(() => server.kill());
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', (text) => {
      const [address] = text.match(/http:\/\/127\.0\.0\.1:[1-9]\d*/) ?? [];
      if (address) resolve(address);
    });
    server.once('exit', (code) => reject(new Error(`next start ended with ${code}`)));
  });

  const list = `${url}/api/torque/api/spaces/${space}/repositories`;
  assert.equal((await fetch(list)).status, 403, 'nobody is signed in');
  const signedIn = { cookie: 'session=a-session' };
  assert.equal((await fetch(list, { headers: signedIn })).status, 200);
  assert.equal((await fetch(`${url}/api/torque/api/spaces`, { headers: signedIn })).status, 404);
  assert.equal((await fetch(list, { headers: { ...signedIn, origin: 'https://evil.example' } })).status, 403);

  await driver.get(url);
  await driver.manage().addCookie({ name: 'session', value: 'a-session' });
  await driver.get(url);
  await connectByForm(driver, { gitlab, tokens, space });
  const said = () => driver.executeScript("return document.querySelector('[role=status]').textContent");
  await driver.wait(async () => (await said()) === 'connected', patience, 'waited for what the page says');
  assert.ok(!(await driver.getPageSource()).includes(torqueTokens.admin));
});
