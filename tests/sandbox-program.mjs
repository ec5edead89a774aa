import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The sandbox's program: the one that `SANDBOX` names (`cargo xtask` sets it), or else the one that cargo has built here. */
export function sandboxProgram() {
  if (process.env.SANDBOX) return process.env.SANDBOX;
  const metadata = execFileSync('cargo', ['metadata', '--format-version', '1', '--no-deps'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const built = join(JSON.parse(metadata).target_directory, 'debug', `sandbox${suffix}`);
  if (existsSync(built)) return built;
  console.error('The sandbox is not built. Run `cargo build --package sandbox`.');
  process.exit(1);
}
