import type { CommandHandlers } from '../../contract/commands.ts';
import type { EngineBatch } from '../../contract/events.ts';
import type { AppError } from '../../core/errors.ts';

/** The engine as a shell sees it. */
export interface EngineHost {
  readonly handlers: CommandHandlers;
  /** For errors nobody expected: the screen is told little, the log everything. */
  report(error: AppError): void;
  subscribe(listener: (batch: EngineBatch) => void): () => void;
  /** Closes feed, journal and store, in that order. */
  close(): Promise<void>;
}
