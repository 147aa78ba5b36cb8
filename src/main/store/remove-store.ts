import { rmSync } from 'node:fs';
import { lockStore } from './store-lock.ts';

/**
 * Deletes a store nobody has open; false when somebody has. Its lock file stays, empty: deleting a lock that
 * somebody is about to take is how two come to hold it.
 */
export function removeStore(path: string): boolean {
  let unlock: () => void;
  try {
    unlock = lockStore(path);
  } catch {
    return false;
  }
  try {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    return true;
  } finally {
    unlock();
  }
}
