/** A sandbox on free ports for one test file. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { sandboxProgram } from '../sandbox-program.mjs';

/** Starts it; `stop()` ends it, and so does the end of this process. */
export async function startSandbox(...flags) {
  const child = spawn(sandboxProgram(), ['--port', '0', '--json', '--until-stdin-closes', ...flags], {
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
