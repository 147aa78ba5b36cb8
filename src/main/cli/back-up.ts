import { resolve } from 'node:path';
import { type CliCommand, readArgs, UsageError } from './cli-command.ts';
import { writeLine } from './line-writer.ts';
import { openChosenStore, STORE_HELP, STORE_OPTIONS } from './store-options.ts';

const USAGE = 'back-up FILE [--db FILE | --data DIR]';

const HELP = `Usage: ${USAGE}

Copies a database, as it is now, into FILE. Tickscope may run meanwhile. The copy is a whole database: name it
with --db, or put it in the place of the one it was made of. A FILE that exists is never overwritten.

${STORE_HELP}`;

export const backUpCommand: CliCommand = {
  name: 'back-up',
  usage: USAGE,
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArgs(USAGE, {
      args: [...args],
      allowPositionals: true,
      options: STORE_OPTIONS,
    });
    const [file, ...others] = positionals;
    if (file === undefined || file === '') throw new UsageError(`Say which file to write. Usage: ${USAGE}`);
    if (others.length > 0) throw new UsageError(`One file at a time: ${positionals.join(', ')}. Usage: ${USAGE}`);
    const path = resolve(io.cwd, file);
    const store = openChosenStore(values, io);
    try {
      const bytes = await store.backUp(path);
      await writeLine(io.out, `${path}: ${(bytes / 1e6).toFixed(1)} MB`);
    } finally {
      store.close();
    }
    return 0;
  },
};
