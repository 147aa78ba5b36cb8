import type { AppError } from '../../core/errors.ts';
import type { Instrument } from '../../core/instrument.ts';
import type { BrokerSession } from './ports.ts';

/** A broker that could not be opened: what is stored can still be looked at, and the status says why there is no more. */
export function offlineSession(instruments: readonly Instrument[], error: AppError): BrokerSession {
  const reason = error.code === 'auth-expired' ? 'auth-expired' : 'failed';
  return {
    instruments,
    feed: {
      watch: () => undefined,
      async run(sink) {
        sink.status({ state: 'stopped', reason, message: error.message });
      },
    },
    quotes: undefined,
    history: undefined,
    playback: undefined,
  };
}
