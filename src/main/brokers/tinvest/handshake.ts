import type { TinvestOptions } from './options.ts';
import type { HandshakeMode } from './wire.ts';

/** How the stream is opened: which of the two documented ways today's server takes is not known beforehand. */
export interface Handshake {
  readonly mode: HandshakeMode;
  /** Headers and subprotocols of an attempt. */
  offer(token: string): { readonly headers: Readonly<Record<string, string>>; readonly protocols: readonly string[] };
  /**
   * The attempt failed with `failure`. True when that was the server naming a subprotocol nobody had asked for, and the
   * other way is to be tried: from now on that one is taken.
   */
  learn(failure: string | undefined): boolean;
}

/** Begins with headers unless the person chose; remembers what works for as long as the session lives. */
export function createHandshake(choice: TinvestOptions['handshake']): Handshake {
  let mode: HandshakeMode = choice === 'subprotocol' ? 'subprotocol' : 'header';
  return {
    get mode() {
      return mode;
    },
    offer(token) {
      const authorization = { Authorization: `Bearer ${token}` };
      if (mode === 'subprotocol') return { headers: authorization, protocols: ['json'] };
      return { headers: { ...authorization, 'Web-Socket-Protocol': 'json' }, protocols: [] };
    },
    learn(failure) {
      if (choice !== 'auto' || mode !== 'header' || failure !== 'SUBPROTOCOL_NOT_REQUESTED') return false;
      mode = 'subprotocol';
      return true;
    },
  };
}
