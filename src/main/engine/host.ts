import type { CommandHandlers } from '../../contract/commands.ts';
import type { EngineBatch } from '../../contract/events.ts';
import type { AppError } from '../../core/errors.ts';
import type { LoginDoor } from './login-door.ts';

/** The engine as a shell sees it. */
export interface EngineHost {
  readonly handlers: CommandHandlers;
  /** For errors nobody expected: the screen is told little, the log everything. */
  report(error: AppError): void;
  /** Where a browser that comes back from a venue's login page is taken in. */
  readonly logins: LoginDoor;
  /** The computer woke up, or its network changed. */
  wake(): void;
  subscribe(listener: (batch: EngineBatch) => void): () => void;
  /** Closes feed, journal and store, in that order. */
  close(): Promise<void>;
}
