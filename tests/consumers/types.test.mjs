// TypeScript as users set it up: both ways to resolve modules, strict, with declarations checked too.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { here } from './support.mjs';

const tsc = join(here, 'node_modules/typescript/bin/tsc');

for (const resolution of ['nodenext', 'bundler']) {
  test(`TypeScript, ${resolution}`, () => {
    execFileSync(process.execPath, [tsc, '--project', join(here, `types/tsconfig.${resolution}.json`)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  });
}
