// What the package's tests share: the tables of the native tests, a sandbox, and servers that misbehave.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { sandboxProgram } from '../sandbox-program.mjs';

export const TOKEN = 'glpat-xyzzyxyzzyxyzzyxyzzy';

/** Rows of a table that the native tests read too. */
export function table(name) {
  return JSON.parse(readFileSync(new URL(`../data/${name}`, import.meta.url), 'utf8'));
}

export const codes = (issues) => issues.map((issue) => issue.code);

/** The value of a result that has to be fine. */
export function value(result) {
  assert.ok(result.ok, JSON.stringify(result.issues));
  return result.value;
}

/** A sandbox on free ports, with more flags; ends with the test. */
export async function startSandbox(context, ...flags) {
  const sandbox = spawn(sandboxProgram(), ['--port', '0', '--json', '--until-stdin-closes', ...flags], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  context.after(async () => {
    const ended = once(sandbox, 'exit');
    sandbox.stdin.end();
    await ended;
  });
  const [line] = await once(createInterface({ input: sandbox.stdout }), 'line');
  const facts = JSON.parse(line);
  return { ...facts, token: (name) => facts.tokens.find((token) => token.name === name).token };
}

/** A server that answers as `handle` says; ends with the test. Gives its address. */
export async function startServer(context, handle) {
  const server = createServer((request, response) => {
    server.requests.push(`${request.method} ${request.url}`);
    handle(request, response);
  });
  server.requests = [];
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}/`, requests: server.requests };
}

/** A plan of the first method for a sandbox, which would be connected; `more` replaces parts of it. */
export function planFor(sandbox, repositories, more = {}) {
  const { torque: portalUrl, torqueTokens, space, gitlab } = sandbox;
  return {
    portalUrl,
    torqueToken: torqueTokens.admin,
    space,
    method: { kind: 'provider', name: 'gitlab-1', baseUrl: gitlab.baseUrl, token: sandbox.token('provider_good') },
    repositories,
    policy: { pollMs: 5, seed: 1 },
    ...more,
  };
}
