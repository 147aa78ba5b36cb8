import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Store } from '../../src/main/engine/store-port.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A store in a file of its own, closed after the test, and the way to close it and open it again. */
export function tempStore(): { readonly path: string; readonly store: Store; reopen(): Store } {
  const path = join(tempFolder(), 'tickscope.sqlite');
  let open = openStore(path);
  onTestFinished(() => open.close());
  return {
    path,
    store: open,
    reopen() {
      open.close();
      open = openStore(path);
      return open;
    },
  };
}
