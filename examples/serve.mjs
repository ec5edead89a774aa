/** Serves the built examples, each under a strict policy, and the portal's proxy. `node serve.mjs` prints their addresses. */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { portal } from './portal/proxy.mjs';

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src https: http:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types ";
/** Vue makes its static markup by a policy of its own. */
const policies = { vue: 'lit-html vue' };
const types = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css' };

/** `alter` may change a page before it is sent, which the tests do. */
export async function serve({ torque, torqueToken, port = 0, alter = (html) => html }) {
  const gate = portal({ torque, torqueToken });
  const server = createServer(async (incoming, outgoing) => {
    const answer = await answerTo(incoming).catch((error) => new Response(`${error}`, { status: 500 }));
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  });

  async function answerTo(incoming) {
    const { pathname } = new URL(incoming.url, 'http://localhost');
    if (pathname.startsWith('/portal/api/torque/')) return gate.pass(received(incoming));
    const [, name, file = 'index.html'] = /^\/([a-z-]+)\/([\w-]+\.[a-z]+)?$/.exec(pathname) ?? [];
    const content =
      name && (await readFile(fileURLToPath(new URL(`dist/${name}/${file}`, import.meta.url))).catch(() => null));
    if (!content) return new Response('There is no such file.\n', { status: 404 });
    const page = file === 'index.html';
    const html = page ? alter(content.toString()) : content;
    return new Response(page && name === 'portal' ? gate.page(html) : html, {
      headers: {
        'content-type': types[file.split('.').at(-1)] ?? 'application/octet-stream',
        'content-security-policy': policy + (policies[name] ?? 'lit-html'),
        'referrer-policy': 'no-referrer',
      },
    });
  }

  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${server.address().port}/`;
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin, close };
}

/** Node's message as the platform's `Request`. */
function received(incoming) {
  const { method, headers, url } = incoming;
  const body = method === 'POST' ? { body: Readable.toWeb(incoming), duplex: 'half' } : {};
  return new Request(new URL(url, `http://${headers.host}`), { method, headers, ...body });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { TORQUE: torque, TORQUE_TOKEN: torqueToken, PORT: port } = process.env;
  if (!torque || !torqueToken || !URL.canParse(torque)) {
    console.error('Set TORQUE to the URL of a Torque, and TORQUE_TOKEN to its API token, which stays on this server.');
    process.exit(1);
  }
  const { origin } = await serve({ torque, torqueToken, port: Number(port ?? 8090) }).catch(({ message }) => {
    console.error(`${message}. Set PORT to another port.`);
    process.exit(1);
  });
  for (const name of ['plain-html', 'react', 'vue', 'portal']) console.log(`${origin}${name}/`);
}
