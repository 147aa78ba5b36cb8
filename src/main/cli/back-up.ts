import { resolve } from 'node:path';
import { refuseExisting } from '../files/new-file.ts';
import { type CliCommand, readArgs, UsageError } from './cli-command.ts';
import { writeLine } from './line-writer.ts';
import { openChosenStore, STORE_HELP, STORE_OPTIONS } from './store-options.ts';

const USAGE = 'back-up FILE [--force] [--db FILE | --data DIR]';

const HELP = `Usage: ${USAGE}

Copies a database, as it is now, into FILE. Tickscope may run meanwhile. The copy is a whole database: name it
with --db, or put it in the place of the one it was made of.

  --force      overwrite FILE
${STORE_HELP}`;

export const backUpCommand: CliCommand = {
  name: 'back-up',
  usage: USAGE,
  help: HELP,
  async run(args, io) {
    const { values, positionals } = readArgs(USAGE, {
      args: [...args],
      allowPositionals: true,
      options: { force: { type: 'boolean', default: false }, ...STORE_OPTIONS },
    });
    const [file, ...others] = positionals;
    if (file === undefined || file === '') throw new UsageError(`Say which file to write. Usage: ${USAGE}`);
    if (others.length > 0) throw new UsageError(`One file at a time: ${positionals.join(', ')}. Usage: ${USAGE}`);
    const path = resolve(io.cwd, file);
    refuseExisting(path, values.force);
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
