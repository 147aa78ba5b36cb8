import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check } from '../../contract/doctor.ts';
import { optionValues } from '../../contract/option-values.ts';
import { SECOND_MS } from '../../core/brand.ts';
import { endpointsOf } from '../broker-setup.ts';
import type { BrokerModule } from '../brokers/broker-module.ts';
import { BROKERS } from '../brokers/registry.ts';
import { createDoctor } from '../doctor/doctor.ts';
import type { DoctorParts } from '../doctor/parts.ts';
import { prepareDataDir } from '../platform/paths.ts';
import { watchedInstruments } from '../watched-instruments.ts';
import { type CliCommand, type CliIo, readArgs } from './cli-command.ts';
import { examinationJson, examinationText, progressText } from './doctor-text.ts';
import { writeLine } from './line-writer.ts';
import { venueNamed } from './live-options.ts';
import { listenForStop } from './until-stopped.ts';
import { openVenueDesk, type VenueDesk } from './venue-desk.ts';

const USAGE = 'doctor [--venue ID] [--json] [--data DIR]';

export const doctorCommand: CliCommand = doctorCommandOf(BROKERS);

/** The same for a list of brokers; `parts` are what tests put in place of the machine's. */
export function doctorCommandOf(brokers: readonly BrokerModule[], parts: Partial<DoctorParts> = {}): CliCommand {
  return {
    name: 'doctor',
    usage: USAGE,
    help: `Usage: ${USAGE}

Looks into everything that can be wrong with a venue, and says what to do: clock, disk, credentials, names and
certificates of the servers, login, requests, instruments, market hours, live connection, subscription, first prices,
silence. It takes up to 30 seconds, stores no prices, and closes what it opened. docs/doctor.md tells more.

  --venue ID  ${brokers.map(({ manifest }) => manifest.id).join(', ')}; otherwise the feed chosen in Settings
  --json      one JSON object: {venue, label, examinedAt, findings: [{check, level, text, advice, fix}]}
  --data DIR  the data folder; otherwise TICKSCOPE_DATA_DIR or the system's usual place

Exit status: 0 when nothing is wrong, 1 when there is a problem (a warning is none), 2 for wrong usage.`,

    async run(args, io) {
      const { values } = readArgs(USAGE, {
        args: [...args],
        options: { venue: { type: 'string' }, json: { type: 'boolean', default: false }, data: { type: 'string' } },
      });
      if (values.venue !== undefined) venueNamed(brokers, values.venue, USAGE);
      const desk = openVenueDesk(values, io);
      const { manifest } = venueNamed(brokers, values.venue ?? desk.settings.feed.source, USAGE);
      const stopping = listenForStop(io.env);
      const cache = cacheFolder(desk);
      const progress = slowProgress(desk, io);
      try {
        const doctor = createDoctor({
          ...partsOf(brokers, desk),
          cacheDir: cache.dir,
          onProgress: progress.next,
          ...parts,
        });
        const examination = await doctor.examine(manifest.id, stopping.signal);
        progress.end();
        const lines = values.json ? [examinationJson(examination)] : examinationText(examination);
        await writeLine(io.out, lines.join('\n'));
        return examination.findings.some(({ level }) => level === 'problem') ? 1 : 0;
      } catch (thrown) {
        if (!stopping.signal.aborted || thrown !== stopping.signal.reason) throw thrown;
        io.talk.write('Stopped before the end.\n');
        return 1;
      } finally {
        progress.end();
        cache.remove();
        stopping.release();
      }
    },
  };
}

function partsOf(brokers: readonly BrokerModule[], desk: VenueDesk): Omit<DoctorParts, 'cacheDir'> {
  const { settings, market, vault, clock, logger, env } = desk;
  return {
    brokers,
    clock,
    vault,
    // What goes wrong is told by the findings.
    logger: { ...logger, warn: () => undefined },
    dataDir: desk.dir,
    renames: market.renames,
    settings: () => settings,
    calendarOf: (segment) => market.calendarOf(segment),
    endpointsOf: (broker) => endpointsOf(broker, env),
    optionsOf: (manifest) => optionValues(manifest, settings.feed.options[manifest.id]),
    instrumentsOf: (manifest) => watchedInstruments(manifest, settings.feed, market.instruments),
  };
}

/** Where the data folder cannot be written, which is a finding, brokers keep their lists elsewhere for the moment. */
function cacheFolder({ dir }: VenueDesk): { readonly dir: string; remove(): void } {
  try {
    return { dir: prepareDataDir(dir).cache, remove: () => undefined };
  } catch {
    const folder = mkdtempSync(join(tmpdir(), 'tickscope-doctor-'));
    return { dir: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
  }
}

/** Says what is looked at once that takes more than a second. */
function slowProgress({ clock }: VenueDesk, { talk }: CliIo): { next(check: Check): void; end(): void } {
  let cancel = (): void => undefined;
  return {
    next(check) {
      cancel();
      cancel = clock.after(SECOND_MS, () => void talk.write(`${progressText(check)}\n`));
    },
    end: () => cancel(),
  };
}
