// `examples/backstage`: a Backstage app with the plugin, from the empty form to connected repositories. Backstage's own proxy
// needs its backend; `torqueProxy` stands at its address here.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { build } from 'esbuild';
import { torqueProxy } from 'torque-gitlab-connect/proxy';
import { connectByForm, here, startBrowser } from './support.mjs';

const { driver, stop } = await startBrowser();
after(stop);

const PREFIX = '/api/proxy/torque/';

test('a Backstage app connects through the proxy of its backend', async (context) => {
  const sandbox = spawn(process.env.SANDBOX, ['--port', '0', '--json', '--until-stdin-closes'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  context.after(() => sandbox.stdin.end());
  const [line] = await once(createInterface({ input: sandbox.stdout }), 'line');
  const { torque, torqueTokens, gitlab, space, tokens } = JSON.parse(line);

  await build({
    absWorkingDir: here,
    entryPoints: ['app.jsx'],
    bundle: true,
    format: 'esm',
    splitting: true,
    outdir: 'out',
    jsx: 'automatic',
    logLevel: 'error',
    loader: { '.svg': 'dataurl' },
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.APP_CONFIG': 'undefined', global: 'globalThis' },
  });
  const url = await serveApp(context, { torque, token: torqueTokens.admin });

  await driver.get(url);
  await connectByForm(driver, { gitlab, tokens, space });
  const title = await driver.executeScript("return document.querySelector('main h1').textContent");
  assert.equal(title, 'Connect GitLab to Torque', 'in the page of the portal');

  const list = await fetch(`${torque}api/spaces/${space}/repositories`, {
    headers: { authorization: `Bearer ${torqueTokens.admin}` },
  });
  assert.deepEqual(
    (await list.json()).map(({ name }) => name),
    ['terraform-modules'],
  );
  assert.ok(!(await driver.getPageSource()).includes(torqueTokens.admin));
});

/** The app with its configuration, and the proxy. */
async function serveApp(context, { torque, token }) {
  // Here everyone is signed in as a guest, as in a new Backstage app.
  const proxy = torqueProxy({ torque, token, prefix: PREFIX, authorize: () => true });
  const server = createServer(async (request, response) => {
    const address = new URL(request.url, origin);
    if (address.pathname.startsWith(PREFIX)) {
      const { method, headers } = request;
      const body = method === 'GET' ? null : Readable.toWeb(request);
      const answer = await proxy(new Request(address, { method, headers, body, duplex: 'half' }));
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
    } else if (/^\/out\/[\w.-]+\.js$/.test(address.pathname)) {
      response.writeHead(200, { 'Content-Type': 'text/javascript' });
      response.end(await readFile(join(here, address.pathname)));
    } else {
      // Where Backstage's backend puts it.
      const data = { app: { title: 'Portal', baseUrl: origin }, backend: { baseUrl: origin } };
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(`<!doctype html><html lang="en"><head><title>Portal</title>
        <script type="backstage.io/config">${JSON.stringify([{ context: 'test', data }])}</script></head>
        <body><div id="root"></div><script type="module" src="/out/app.js"></script></body></html>`);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  return `${origin}/`;
}
