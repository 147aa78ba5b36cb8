import type { Check, Examination, Finding } from '../../src/contract/doctor.ts';
import type { BrokerManifest } from '../../src/contract/manifest.ts';
import type { SettingsPatch } from '../../src/contract/settings.ts';
import { mergeSettings, settingsSchema } from '../../src/contract/settings.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import type { BrokerModule } from '../../src/main/brokers/broker-module.ts';
import { createDoctor } from '../../src/main/doctor/doctor.ts';
import type { DoctorParts } from '../../src/main/doctor/parts.ts';
import type { Probes } from '../../src/main/doctor/probes.ts';
import type { BrokerSession, FeedSink } from '../../src/main/engine/ports.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { nse } from '../support/nse.ts';
import { QuietLogger } from '../support/quiet-logger.ts';
import { INFY, TCS } from '../support/tape.ts';

/** A Friday noon, and the Saturday after it. */
export const OPEN = Date.parse('2026-11-20T12:00:00+05:30');
export const CLOSED = Date.parse('2026-11-21T12:00:00+05:30');

export const MANIFEST: BrokerManifest = {
  id: 'made',
  label: 'Made Venue',
  description: 'A venue of a test.',
  credentialFields: [
    { name: 'apiKey', label: 'API key', secret: false, hint: '', required: true },
    { name: 'accessToken', label: 'Access token', secret: true, hint: '' },
  ],
  limits: { instrumentsPerSocket: 100, sockets: 1 },
  can: { stream: true, quotes: true, history: false, orders: false },
  world: 'market',
  servers: { api: 'https://api.made.example/v1', ws: 'wss://ws.made.example/feed' },
  login: { browser: true },
};

export const CREDENTIALS = { apiKey: 'key-of-somebody', accessToken: 'token-of-somebody' };

/** What a venue's feed does from its start on. The sink is to be told at once or by the clock. */
export type Play = (sink: FeedSink, clock: FakeClock) => void;

/** Connected at once, and a price of each instrument after half a second. */
export const lively: Play = (sink, clock) => {
  sink.heard(10);
  clock.after(500, () => {
    const now = clock.now();
    sink.status({ state: 'live', since: now });
    sink.heard(100);
    sink.ticks([INFY, TCS].map(({ key }) => ({ instrument: key, ltp: 100, time: now, receivedAt: now })));
  });
};

export interface Setting {
  readonly clock?: FakeClock;
  readonly now?: number;
  readonly play?: Play;
  readonly manifest?: Partial<BrokerManifest>;
  /** The manifest names no login: there is only a key. */
  readonly hasLogin?: false;
  readonly open?: BrokerModule['open'];
  readonly session?: Partial<BrokerSession>;
  readonly module?: Partial<BrokerModule>;
  readonly credentials?: Readonly<Record<string, string>>;
  readonly instruments?: readonly Instrument[];
  readonly settings?: SettingsPatch;
  readonly probes?: Partial<Probes>;
  readonly parts?: Partial<DoctorParts>;
}

/** A machine on which nothing is wrong. */
export function goodProbes(clock: FakeClock): Probes {
  return {
    lookUp: async () => undefined,
    certificate: async () => ({ fault: undefined, issuer: 'An Authority', validUntil: clock.now() + 90 * 86_400_000 }),
    serverTime: async () => Math.floor(clock.now() / 1_000) * 1_000,
    freeBytes: async () => 50e9,
    isWritable: async () => true,
    readText: async () => 'a certificate',
    files: async () => [],
  };
}

/** A doctor who knows one venue on which nothing is wrong, but for what the setting says. */
export function doctorFor(setting: Setting = {}) {
  const clock = setting.clock ?? new FakeClock(setting.now ?? OPEN);
  const logger = new QuietLogger();
  const ran = { begun: 0, ended: 0 };
  const { login: _login, ...loginless } = MANIFEST;
  const manifest = { ...(setting.hasLogin === false ? loginless : MANIFEST), ...setting.manifest };
  const instruments = setting.instruments ?? [INFY, TCS];
  const session: BrokerSession = {
    instruments,
    quotes: {
      quotes: async (keys) =>
        keys.map((key) => ({ instrument: key, ltp: 1, time: clock.now(), receivedAt: clock.now() })),
    },
    history: undefined,
    playback: undefined,
    feed: {
      watch: () => undefined,
      run: (sink, stop) =>
        new Promise((resolve) => {
          ran.begun += 1;
          sink.status({ state: 'connecting', attempt: 1 });
          (setting.play ?? lively)(sink, clock);
          stop.addEventListener('abort', () => {
            ran.ended += 1;
            sink.status({ state: 'stopped', reason: 'by-user' });
            resolve();
          });
        }),
    },
    ...setting.session,
  };
  const broker: BrokerModule = { manifest, open: setting.open ?? (async () => session), ...setting.module };
  const settings = settingsSchema.parse(mergeSettings(settingsSchema.parse({}), setting.settings ?? {}));
  const written: Readonly<Record<string, string>>[] = [];
  const parts: DoctorParts = {
    brokers: [broker],
    clock,
    vault: {
      read: () => setting.credentials ?? CREDENTIALS,
      write: (_broker, fields) => void written.push(fields),
      savedAt: () => undefined,
    },
    logger,
    dataDir: '/data',
    cacheDir: '/data/cache',
    settings: () => settings,
    calendarOf: nse,
    endpointsOf: () => ({}),
    optionsOf: () => ({}),
    instrumentsOf: () => instruments,
    probes: { ...goodProbes(clock), ...setting.probes },
    ...setting.parts,
  };
  return { doctor: createDoctor(parts), broker, clock, logger, ran, written, session };
}

export interface Report extends Examination {
  of(check: Check): Finding;
  readonly problems: readonly Check[];
  readonly tookMs: number;
}

/** Examines while the clock runs on, at most a minute of it. */
export async function examine(setting: Setting = {}): Promise<Report & ReturnType<typeof doctorFor>> {
  const made = doctorFor(setting);
  const begun = made.clock.now();
  const examination = await onward(made.clock, made.doctor.examine('made', new AbortController().signal));
  return {
    ...made,
    ...examination,
    tookMs: made.clock.now() - begun,
    problems: examination.findings.flatMap(({ check, level }) => (level === 'problem' ? [check] : [])),
    of(check) {
      const found = examination.findings.find((finding) => finding.check === check);
      if (found === undefined) throw new Error(`There is no finding on ${check}.`);
      return found;
    },
  };
}

/** Lets the clock run in steps of 100 ms until `work` is done. */
export async function onward<Value>(clock: FakeClock, work: Promise<Value>): Promise<Value> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  done.catch(() => undefined);
  const end = clock.now() + 60_000;
  while (!isDone && clock.now() < end) {
    await new Promise((resolve) => setImmediate(resolve));
    if (!isDone) clock.advance(100);
  }
  if (!isDone) throw new Error('It did not end within a minute.');
  return done;
}

export const at = (text: string): EpochMs => Date.parse(text) as EpochMs;
