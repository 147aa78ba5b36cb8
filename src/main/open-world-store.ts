import { AppError } from '../core/errors.ts';
import type { Clock } from './engine/ports.ts';
import type { Store } from './engine/store-port.ts';
import { openStore } from './store/open-store.ts';

export interface StoreOpening {
  /** The clock on the wall. */
  readonly clock: Clock;
  onTrouble(error: AppError): void;
}

/** Opens a store; a damaged file is set aside, what can still be read of it is carried over, and the person is told. */
export function openTold(path: string, { clock, onTrouble }: StoreOpening): Store {
  return openStore(path, {
    now: () => clock.now(),
    onSetAside: ({ message }) => onTrouble(new AppError('storage', message)),
  });
}

/** The store of an invented market can be done without: the app then runs, and forgets. */
export function openOrForget(path: string, opening: StoreOpening): Store {
  try {
    return openTold(path, opening);
  } catch (thrown) {
    const error = AppError.from(thrown);
    opening.onTrouble(
      new AppError(error.code, `${error.message} Until then nothing of this market is kept.`, { cause: error }),
    );
    return openStore(':memory:');
  }
}
