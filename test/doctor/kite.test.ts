import { describe, expect, it, onTestFinished } from 'vitest';
import type { Check, Examination } from '../../src/contract/doctor.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { kite } from '../../src/main/brokers/kite/index.ts';
import { createDoctor } from '../../src/main/doctor/doctor.ts';
import { contextFor } from '../brokers/kite/open-context.ts';
import { INFY, RELIANCE } from '../fakes/kite-instruments.ts';
import { type KiteVenue, type KiteVenueOptions, startKiteVenue } from '../fakes/kite-venue.ts';
import { nse } from '../support/nse.ts';
import { fastClock } from '../support/real-clock.ts';

/** A Friday noon. */
const NOON = Date.parse('2026-11-20T12:00:00+05:30');

/** Kite's own adapter under examination, over real sockets, on a clock that runs five times as fast. */
async function examineKite(change: (venue: KiteVenue) => void = () => undefined, options: KiteVenueOptions = {}) {
  const clock = fastClock(5, NOON);
  const venue = await startKiteVenue({ now: () => clock.now(), heartbeatMs: 20, keepsLimits: false, ...options });
  onTestFinished(() => venue.close());
  const { cacheDir, credentials, logger, instruments } = contextFor(venue, [INFY, RELIANCE]);
  change(venue);
  const doctor = createDoctor({
    brokers: [kite],
    clock,
    vault: { read: () => credentials, write: () => undefined, savedAt: () => undefined },
    logger,
    dataDir: cacheDir,
    cacheDir,
    settings: () => settingsSchema.parse({}),
    calendarOf: nse,
    endpointsOf: () => ({ api: venue.apiUrl, ws: venue.wsUrl }),
    optionsOf: () => ({}),
    instrumentsOf: () => instruments,
    // The fake venue's web server has the real time, and its files are as new.
    probes: { serverTime: async () => clock.now(), freeBytes: async () => 50e9 },
  });
  const examination = await doctor.examine('kite', new AbortController().signal);
  return { venue, ...outcome(examination), text: JSON.stringify(examination), credentials };
}

function outcome({ findings }: Examination) {
  const levels = new Map(findings.map((finding) => [finding.check, finding]));
  return {
    findings,
    problems: findings.flatMap(({ check, level }) => (level === 'problem' ? [check] : [])),
    of: (check: Check) => levels.get(check),
  };
}

describe('the doctor at Kite', () => {
  it('finds nothing wrong, and leaves no connection behind', async () => {
    const { findings, venue, of } = await examineKite();
    expect(findings.filter(({ level }) => level === 'problem' || level === 'warning')).toEqual([]);
    expect(of('token')?.text).toContain('until Sat 21 Nov, 06:00 IST');
    expect(of('first-tick')?.text).toContain('All of 2 instruments');
    expect(venue.ticker.clients.size).toBe(0);
  });

  it('finds a dead token', async () => {
    const { problems, of } = await examineKite((venue) => venue.expireToken());
    expect(problems).toEqual(['token']);
    expect(of('token')?.fix).toBe('log-in');
  });

  it('finds an account without live data', async () => {
    const { problems, of } = await examineKite((venue) => {
      venue.faults.upgrade = 403;
    });
    expect(problems).toEqual(['socket']);
    expect(of('socket')?.text).toContain('accepts the login for requests but refuses the live connection');
  });

  it('finds a mute socket', async () => {
    const { problems, of } = await examineKite((venue) => {
      venue.faults.heartbeatsOnly = true;
    });
    expect(problems).toEqual(['first-tick', 'silence']);
    expect(of('silence')?.text).toContain('says that it lives');
  }, 20_000);

  it.each(['html', 'rubbish', 502] as const)(
    'finds servers that answer %s',
    async (api) => {
      const { problems, of } = await examineKite((venue) => {
        venue.faults.api = api;
      });
      expect(problems).toContain('rest');
      expect(of('socket')?.level).toBe('unknown');
    },
    20_000,
  );

  it('never tells a credential', async () => {
    const { text, credentials } = await examineKite((venue) => venue.expireToken());
    for (const value of Object.values(credentials)) expect(text).not.toContain(value);
  });
});
