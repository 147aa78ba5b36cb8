import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../core/errors.ts';
import { BROKERS } from '../brokers/registry.ts';
import { findRoot } from '../find-page.ts';
import { LAUNCH_OPTIONS, readLaunch, USUAL_PORT } from '../launch-options.ts';
import { dataDir } from '../platform/paths.ts';
import { systemClock } from '../platform/system-clock.ts';
import { type CliCommand, type CliIo, readArgs, UsageError } from './cli-command.ts';
import { writeLine } from './line-writer.ts';
import { untilStopped } from './until-stopped.ts';

const SOURCES = BROKERS.map(({ manifest }) => manifest.id);

const USAGE = `serve [--port N] [--feed ${SOURCES.join('|')}] [--file FILE...] [--speed N] [--data DIR] [--api-key KEY]`;

const CLOSE_MS = 10_000;

export const serveCommand: CliCommand = {
  name: 'serve',
  usage: USAGE,
  help: `Usage: ${USAGE}

Runs Tickscope without a window and serves its page to a browser on this machine. The first line of
the output is the link to open; it holds a key that is good until this program ends (Ctrl-C).

  --port N       port on 127.0.0.1; 0 takes any free one. Usually ${USUAL_PORT}, or a free one if that is taken
  --feed SOURCE  where prices come from, for this launch only: ${SOURCES.join(', ')}
  --file FILE    a CSV file to replay, several times for several files; implies --feed replay
  --speed N      market seconds per second for simulator (1-1000) and replay (0-1000, 0 is as fast as it goes)
  --data DIR     folder for database, settings and log; otherwise TICKSCOPE_DATA_DIR or the system's usual place.
                 Credentials that are saved on the page are in its file vault.json, readable by you only (mode
                 0600) and not encrypted; TICKSCOPE_<VENUE>_<FIELD> gives them without a file
  --api-key KEY  lets scripts that know KEY read candles:
                   GET /historic?symbol=RELIANCE&timeframe=5m   JSON array of {time,open,high,low,close,volume}
                   WS  /ws?symbol=RELIANCE&timeframe=5m         {"candle":{...}} for each change
                 The key goes into ?api_key=, the header x-api-key or "Authorization: Bearer". Without symbol
                 /ws sends all instruments; the timeframe is 5s unless named; times are Unix seconds.`,

  async run(args, io) {
    const { values, positionals } = readArgs(USAGE, {
      args: [...args],
      options: LAUNCH_OPTIONS,
      allowPositionals: true,
    });
    if (positionals.length > 0 && values.file === undefined)
      throw new UsageError(
        `"${positionals[0]}" is not expected here. Files to replay go after --file. Usage: ${USAGE}`,
      );
    const launch = readLaunch(values, positionals, io.cwd);
    if (typeof launch === 'string') throw new UsageError(`${launch} Usage: ${USAGE}`);

    const root = findRoot(import.meta.dirname);
    await buildWhenNeeded(root, io);
    const { port, apiKey, settingsOverride } = launch;
    // Loaded only now: the rest of the command line has no use for engine, database and server.
    const { serve } = await import('../serve.ts');
    const door = await serve({
      env: io.env,
      dataDir: launch.dataDir ?? dataDir({ env: io.env, platform: process.platform, home: homedir() }),
      root,
      port,
      apiKey,
      settingsOverride,
    });
    const end = untilStopped(io.env);
    try {
      await writeLine(io.out, door.link);
      io.talk.write('Tickscope is running. Ctrl-C ends it.\n');
      await end;
    } finally {
      await closeSoon(() => door.close());
    }
    return 0;
  },
};

/** Run from the sources, the page may be missing or old. Run from the build, it is as old as this file, which must not be replaced under us. */
async function buildWhenNeeded(root: string, { talk }: CliIo): Promise<void> {
  if (!import.meta.filename.endsWith('.ts')) return;
  const script = join(root, 'scripts', 'build-if-needed.mjs');
  const build = spawn(process.execPath, [script], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  build.stdout.pipe(talk, { end: false });
  build.stderr.pipe(talk, { end: false });
  const [code] = await once(build, 'close');
  if (code !== 0)
    throw new AppError('internal', 'The page could not be built; the reason is above. Try: npm run build');
}

/** Closes in good order, but does not wait for ever on something that hangs. */
async function closeSoon(close: () => Promise<void>): Promise<void> {
  const cancel = systemClock.after(CLOSE_MS, () => process.exit(1));
  await close();
  cancel();
}
