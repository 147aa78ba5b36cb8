import { resolve } from 'node:path';
import { SECOND_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { BrokerModule } from '../brokers/broker-module.ts';
import { BROKERS } from '../brokers/registry.ts';
import type { FeedSink, SecretVault } from '../engine/ports.ts';
import { findRoot } from '../find-page.ts';
import { prepareDataDir } from '../platform/paths.ts';
import { readVersion } from '../read-version.ts';
import { beginCapture, type CaptureFile } from './capture-file.ts';
import { frameTap } from './capture-frames.ts';
import { type CliCommand, readArgs, UsageError } from './cli-command.ts';
import { secondsOf, venueNamed } from './live-options.ts';
import { createSecretStripper, type SecretStripper } from './strip-secrets.ts';
import { listenForStop } from './until-stopped.ts';
import { openVenue, openVenueDesk } from './venue-desk.ts';
import { instrumentsNamed, symbolExamples } from './venue-symbols.ts';

const USAGE = 'capture --venue ID --symbols A,B --seconds N --out FILE [--data DIR]';

export const captureCommand: CliCommand = captureCommandOf(BROKERS);

/** The same for a list of brokers. */
export function captureCommandOf(brokers: readonly BrokerModule[]): CliCommand {
  const venues = brokers.filter(({ manifest }) => manifest.world === 'market');
  return {
    name: 'capture',
    usage: USAGE,
    help: `Usage: ${USAGE}

Records what goes over the wire between Tickscope and a venue, message by message, into a file that \`decode\` reads.
Ctrl-C ends it early and keeps what was recorded. The file is JSON: what it is of, then "frames", each with direction,
receivedAt, and frameText, frameBase64 or, for what was left out, leftOut.

Secrets are stripped: credentials of the venue in any form, what is named like a secret or says whose account it is, and
all that was sent in bytes. Look through the file all the same before you give it away.

  --venue ID     ${venues.map(({ manifest }) => manifest.id).join(', ')}
  --symbols A,B  ${symbolExamples(venues)}
  --seconds N    how long
  --out FILE     where to; a file that exists is never overwritten
  --data DIR     the data folder; otherwise TICKSCOPE_DATA_DIR or the system's usual place`,

    async run(args, io) {
      const { values } = readArgs(USAGE, {
        args: [...args],
        options: {
          venue: { type: 'string' },
          symbols: { type: 'string' },
          seconds: { type: 'string' },
          out: { type: 'string' },
          data: { type: 'string' },
        },
      });
      const { symbols, out } = values;
      const broker = venueNamed(venues, values.venue, USAGE);
      const seconds = secondsOf(values.seconds);
      if (symbols === undefined) throw new UsageError(`Say what to record with --symbols. Usage: ${USAGE}`);
      if (seconds === undefined) throw new UsageError(`Say how long with --seconds. Usage: ${USAGE}`);
      if (out === undefined || out === '') throw new UsageError(`Say where to with --out. Usage: ${USAGE}`);

      const desk = openVenueDesk(values, io);
      const { clock } = desk;
      const instruments = instrumentsNamed(symbols, broker.manifest, desk.market.instruments);
      const { cache: cacheDir } = prepareDataDir(desk.dir);
      const stripper = createSecretStripper();
      const vault = learningVault(desk.vault, stripper);
      const path = resolve(io.cwd, out);
      const stopping = listenForStop(io.env);
      const over = new AbortController();
      const stop = AbortSignal.any([stopping.signal, over.signal]);
      let file: CaptureFile | undefined;
      let cancel = (): void => undefined;
      try {
        file = await beginCapture(
          path,
          {
            venue: broker.manifest.id,
            startedAt: clock.now(),
            version: readVersion(findRoot(import.meta.dirname)),
            symbols: instruments.map(({ key }) => key),
          },
          () => over.abort(),
        );
        const { add, counts } = file;
        const tap = frameTap(stripper, () => clock.now(), add);
        const session = await openVenue({ broker, instruments, cacheDir, tap }, { ...desk, vault }, stop);
        tap.open();
        cancel = clock.after(seconds * SECOND_MS, () => over.abort());
        session.feed.watch(new Set(session.instruments.map(({ key }) => key)));
        session.feed.books?.(true);
        await session.feed.run(
          quietSink((message) => io.talk.write(`${message}\n`)),
          stop,
        );
        if (counts.frames === 0)
          throw new AppError('not-supported', `${broker.manifest.label} told nothing that could be recorded.`);
        const bytes = await file.keep();
        file = undefined;
        io.talk.write(`${path}: ${counts.frames} messages, ${counts.leftOut} of them left out, ${bytes} bytes\n`);
        return 0;
      } catch (thrown) {
        if (!stopping.signal.aborted || thrown !== stop.reason) throw thrown;
        io.talk.write('Stopped before anything was recorded.\n');
        return 1;
      } finally {
        cancel();
        stopping.release();
        await file?.discard();
      }
    },
  };
}

/** Whatever passes here is a secret. */
function learningVault(vault: SecretVault, stripper: SecretStripper): SecretVault {
  return {
    read(broker) {
      const fields = vault.read(broker);
      stripper.learn(fields);
      return fields;
    },
    write(broker, fields) {
      stripper.learn(fields);
      vault.write(broker, fields);
    },
    savedAt: (broker) => vault.savedAt(broker),
  };
}

/** The messages are recorded on their way; what they mean is `decode`'s business. Trouble is told. */
function quietSink(tell: (sentence: string) => void): FeedSink {
  return {
    status(status) {
      if (status.state === 'waiting') tell(status.reason);
      if (status.state === 'stopped' && status.message !== undefined) tell(status.message);
    },
    ticks() {},
    quotes() {},
    bars() {},
    progress() {},
    rejected() {},
    heard() {},
    dropped() {},
    candle() {},
    order() {},
  };
}
