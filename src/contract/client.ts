import type { ErrorCode } from '../core/errors.ts';
import type { CommandInput, CommandName, CommandOutput } from './commands.ts';
import type { EngineBatch } from './events.ts';

/** Errors lose their class on the way out of a process, so replies carry them as data. */
export type Reply<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

/** The wire, as thin as a shell can make it: Electron's preload or a local WebSocket. */
export interface Transport {
  invoke(name: string, input: unknown): Promise<Reply<unknown>>;
  subscribe(listener: (batch: EngineBatch) => void): () => void;
}

/** What the renderer programs against. It cannot tell which shell is underneath. */
export interface EngineClient {
  invoke<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandOutput<Name>>;
  subscribe(listener: (batch: EngineBatch) => void): () => void;
}

/** Names of the two IPC channels. The preload spells them out for itself: it imports nothing that runs. */
export const CHANNEL = { invoke: 'engine:invoke', batch: 'engine:batch' } as const;
