/** One job in many tabs: who runs it, and how the others learn how far it came. A duplicated tab has a copy of what was kept. */

import type { Checkpoint } from '../../index.js';
import { defaultKey } from './draft.js';

/** Lets go of a job. */
export type Release = () => Promise<void>;

/** Takes a job for this tab, so that nothing is sent twice; `null` where another tab has it. */
export async function takeJob(storage: Storage, checkpoint: Checkpoint): Promise<Release | null> {
  const name = nameOf(checkpoint);
  // Over plain http there are none.
  const locks: LockManager | undefined = navigator.locks;
  try {
    if (locks !== undefined) return await lock(locks, name);
  } catch {} // a frame without an origin may not
  return mark(storage, name);
}

/** Its owner has let go of a job: a copy of the mark, in a duplicated tab, counts no more. */
export function forgetMark(storage: Storage, checkpoint: Checkpoint): void {
  try {
    storage.removeItem(nameOf(checkpoint));
  } catch {}
}

function nameOf({ plan }: Checkpoint): string {
  return `${defaultKey}-${plan}`;
}

function lock(locks: LockManager, name: string): Promise<Release | null> {
  return new Promise((resolve, reject) => {
    const held = locks.request(name, { ifAvailable: true }, (given) => {
      if (given === null) return resolve(null);
      return new Promise<void>((release) =>
        resolve(async () => {
          release();
          // A page may have stolen it.
          await held.catch(() => {});
        }),
      );
    });
    held.catch(reject);
  });
}

/** How long a mark counts that is not renewed, and how often it is. Timers of a tab in the background run once a minute. */
const lease = { ms: 180_000, renewedMs: 30_000 };

/** Two tabs that write at the same time both see who wrote last. */
const settledMs = 100;

/** The owner's mark: who has the job, and until when. A tab that crashed takes its job up when that is over. */
async function mark(storage: Storage, name: string): Promise<Release | null> {
  const owner = `${Math.random()}`;
  const read = () => (storage.getItem(name) ?? '').split(' ');
  const write = () => storage.setItem(name, `${owner} ${Date.now() + lease.ms}`);
  const remove = () => {
    try {
      if (read()[0] === owner) storage.removeItem(name);
    } catch {}
  };
  try {
    if (Number(read()[1]) > Date.now()) return null;
    write();
    await new Promise((resolve) => setTimeout(resolve, settledMs));
    if (read()[0] !== owner) return null;
  } catch {
    // Where nothing can be kept, no other tab can have the job.
    return async () => {};
  }
  const renewal = setInterval(() => {
    try {
      write();
    } catch {}
  }, lease.renewedMs);
  addEventListener('pagehide', remove);
  return async () => {
    clearInterval(renewal);
    removeEventListener('pagehide', remove);
    remove();
  };
}
