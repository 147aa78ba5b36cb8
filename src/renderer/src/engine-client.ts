import type { EngineClient, Transport } from '../../contract/client.ts';
import type { CommandInput, CommandName, CommandOutput } from '../../contract/commands.ts';
import type { ErrorCode } from '../../core/errors.ts';

/** A request the engine refused. `message` is a sentence for the person at the screen. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Whether the engine can be reached. It always can in the desktop window, which shares its life. */
export type Connection = 'connected' | 'lost';

export interface ConnectedTransport extends Transport {
  /** Calls back with the state of this moment, at once, and with each change. Returns the way to stop. */
  watchConnection?(listener: (connection: Connection) => void): () => void;
}

export interface ConnectedClient extends EngineClient {
  watchConnection(listener: (connection: Connection) => void): () => void;
}

/** Puts the types back on a transport and turns failed replies into `RequestFailed`. */
export function createEngineClient(transport: ConnectedTransport): ConnectedClient {
  return {
    async invoke<Name extends CommandName>(name: Name, input: CommandInput<Name>) {
      const reply = await transport.invoke(name, input);
      if (!reply.ok) throw new RequestFailed(reply.code, reply.message);
      // The engine's handlers are typed by the same table; the wire between only carries.
      return reply.value as CommandOutput<Name>;
    },
    subscribe: (listener) => transport.subscribe(listener),
    watchConnection(listener) {
      if (transport.watchConnection !== undefined) return transport.watchConnection(listener);
      listener('connected');
      return () => undefined;
    },
  };
}
