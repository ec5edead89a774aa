/** What the tests ask, asked by python-gitlab: see `python-gitlab.py`. */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

export const name = 'python-gitlab';

const here = (file) => fileURLToPath(new URL(file, import.meta.url));
const windows = process.platform === 'win32';
let python;

/**
 * Finds the Python environment that `PYTHON_GITLAB_VENV` names, else makes one per version in the cache of tools.
 * Fails where it cannot be made: a client that is missing would prove nothing.
 */
export async function prepare() {
  const named = process.env.PYTHON_GITLAB_VENV;
  const venv = named || join(cache(), 'torque-gitlab-connect', `python-gitlab-${pinnedVersion()}`);
  python = join(venv, windows ? 'Scripts/python.exe' : 'bin/python');
  const complete = join(venv, 'complete');
  if (named || existsSync(complete)) return;
  const make = [windows ? 'python' : 'python3', ['-m', 'venv', '--clear', venv]];
  const install = [python, ['-m', 'pip', 'install', '--quiet', '--requirement', here('requirements.txt')]];
  for (const [program, words] of [make, install]) {
    const hint = 'python-gitlab needs Python 3.10 or later with venv and pip (Debian: python3-venv)';
    await run(program, words).catch((error) => {
      throw new Error(`${error.message}\n${hint}`);
    });
  }
  writeFileSync(complete, '');
}

export const token = (server) => ask({ ...server, about: 'token' });

export const project = (server, path) => ask({ ...server, about: 'project', path });

export const projects = (server, search = null) => ask({ ...server, about: 'projects', search });

/** `{ answer }`, or `{ status }` of a refusal. */
async function ask({ bearer = false, ...question }) {
  return JSON.parse(await run(python, [here('python-gitlab.py')], JSON.stringify({ bearer, ...question })));
}

const cache = () => process.env.XDG_CACHE_HOME || join(homedir(), '.cache');

const pinnedVersion = () => /^python-gitlab==(\S+)$/m.exec(readFileSync(here('requirements.txt'), 'utf8'))[1];

/** What a program prints; what it complains of becomes the error. */
async function run(program, words, input = '') {
  const child = spawn(program, words);
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  child.stdin.end(input);
  const [code, output, complaints] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  if (code !== 0) throw new Error(`${program} ${words.join(' ')} ended with ${code}\n${output}${complaints}`);
  return output;
}
