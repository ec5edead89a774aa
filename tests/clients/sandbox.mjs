/** A sandbox on free ports for one test file. */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The program that `SANDBOX` names, else what `cargo build --package sandbox` has made. */
function program() {
  if (process.env.SANDBOX) return process.env.SANDBOX;
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const metadata = execFileSync('cargo', ['metadata', '--format-version', '1', '--no-deps'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const built = join(JSON.parse(metadata).target_directory, 'debug', `sandbox${suffix}`);
  if (!existsSync(built)) throw new Error('the sandbox is not built: run `cargo build --package sandbox`');
  return built;
}

/** Starts it; `stop()` ends it, and so does the end of this process. */
export async function startSandbox(...flags) {
  const child = spawn(program(), ['--port', '0', '--json', '--until-stdin-closes', ...flags], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const facts = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line)));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code}`)));
  });
  return {
    ...facts,
    token: (name) => facts.tokens.find((token) => token.name === name).token,
    async stop() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
