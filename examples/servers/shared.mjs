/** What the servers of this folder have in common: a portal's sessions, and the files of its page. */

import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Who is signed in. A real portal has this in its own session store. */
export class Sessions {
  #known = new Set();

  /** The cookie of a new session; no script of a page reads it, and no other site's page sends it. */
  start() {
    const id = randomUUID();
    this.#known.add(id);
    return `session=${id}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Whether a request belongs to one of them. */
  has(request) {
    const [, id] = /(?:^|; )session=([^;]+)/.exec(request.headers.get('cookie') ?? '') ?? [];
    return this.#known.has(id);
  }
}

/** What the page needs of a Content-Security-Policy; `connect-src` is open because the GitLab's host is typed later. */
export const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' https: http:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html";

const standalone = new URL(import.meta.resolve('torque-gitlab-connect/standalone'));
const files = {
  '/': ['text/html; charset=utf-8', new URL('page.html', import.meta.url)],
  '/page.js': ['text/javascript', new URL('page.js', import.meta.url)],
  '/standalone.js': ['text/javascript', standalone],
};

/** Type and text of a file of the page; `null` where there is none. */
export async function fileOf(path) {
  const [type, url] = Object.hasOwn(files, path) ? files[path] : [];
  return url ? { type, text: await readFile(fileURLToPath(url), 'utf8') } : null;
}
