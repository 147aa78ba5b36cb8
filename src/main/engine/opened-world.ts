import type { CommandInput, WrittenFile } from '../../contract/commands.ts';
import type { BacktestRunner } from './ports.ts';
import type { Store } from './store-port.ts';
import type { World } from './world.ts';

/** The files a person asks a world for. Each throws an AppError that says what to do. */
export interface WorldFiles {
  /** Copies the database into the folder of backups. */
  backUp(): Promise<WrittenFile>;
  /** Writes bars of whole dates into the folder of exports. */
  exportBars(request: CommandInput<'candles.export'>): Promise<WrittenFile>;
  /** Writes an alert with its evidence into the folder of exports. */
  exportAlert(id: string): Promise<WrittenFile>;
}

/** A world, and what belongs to it while it is open. */
export interface OpenedWorld extends WorldFiles {
  readonly world: World;
  readonly store: Store;
  /** Runs rules over what this world's store keeps. */
  readonly backtests: BacktestRunner;
  /** Closes what was opened for this world alone. */
  close(): Promise<void>;
}
