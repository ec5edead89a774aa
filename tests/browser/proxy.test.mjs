/** `torque-gitlab-connect serve`: the sandbox's Torque behind TLS stands for a real one, and answers no page of another origin. */

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, it } from 'node:test';
import { inBrowser } from './support.mjs';

const here = inBrowser();
let torque;
let proxy;
let folder;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'torque-gitlab-connect-'));
  torque = await startTorque();
  proxy = await serve('--torque', torque.url, '--ca', join(folder, 'ca.pem'));
});

afterEach(async () => {
  proxy?.process.kill();
  torque?.server.close();
  torque?.server.closeAllConnections();
  rmSync(folder, { recursive: true, force: true });
});

/** The program, serving its page; the first line that it prints is the address. */
async function serve(...words) {
  const program = process.env.PROGRAM;
  assert.ok(program, 'PROGRAM names torque-gitlab-connect; cargo xtask test sets it');
  const serving = spawn(program, ['serve', '--port', '0', ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [page] = await once(createInterface({ input: serving.stdout }), 'line');
  return { process: serving, page };
}

/** The sandbox's Torque behind TLS, without the headers by which it lets other origins in. */
async function startTorque() {
  const openssl = (...words) => execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=authority of a test');
  openssl('req', ...key, '-keyout', 'key.pem', '-out', 'request.pem', '-subj', '/CN=localhost');
  writeFileSync(join(folder, 'names'), 'subjectAltName=DNS:localhost\n');
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
  openssl('x509', '-req', '-in', 'request.pem', ...signed, '-out', 'certificate.pem');
  const read = (name) => readFileSync(join(folder, name));
  const server = createServer({ key: read('key.pem'), cert: read('certificate.pem') }, (asked, answer) => {
    const { method, headers, url } = asked;
    const passed = request(new URL(url, here.sandbox.torque), { method, headers }, (got) => {
      for (const name of Object.keys(got.headers)) if (name.startsWith('access-control-')) delete got.headers[name];
      got.pipe(answer.writeHead(got.statusCode, got.headers));
    });
    asked.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `https://localhost:${server.address().port}/` };
}

it('connects through its own origin to a Torque that answers no other page', async () => {
  const page = await here.open({ address: proxy.page });
  await page.toRepositories();
  await page.typeRepository(1, page.repository('platform/terraform-modules'));
  await page.press('Continue');
  await page.heading('Your Torque space');
  assert.equal(await page.has('textbox', 'Torque URL'), false, 'the address is given');
  await page.fillTorque({ address: null });
  await page.press('Continue');
  await page.heading('Review and connect');
  await page.press('Connect');
  await page.heading('Connected');
  const links = await page.run((root) => [...root.querySelectorAll('a')].map((link) => link.href));
  assert.ok(links.includes(torque.url), `the next step is in Torque itself: ${links}`);
  const asked = await page.run(() => performance.getEntriesByType('resource').map(({ name }) => name));
  assert.ok(
    asked.some((url) => url.includes('/api/')),
    'requests are seen',
  );
  const origins = new Set(asked.map((url) => new URL(url).origin));
  const allowed = [proxy.page, here.sandbox.gitlab.baseUrl].map((url) => new URL(url).origin);
  assert.deepEqual(
    [...origins].filter((origin) => !allowed.includes(origin) && origin !== 'null'),
    [],
  );
});
