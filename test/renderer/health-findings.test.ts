import { beforeEach, describe, expect, it } from 'vitest';
import { CHECKS, FIXES, type Finding } from '../../src/contract/doctor.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { venueStates } from './fake-brokers.ts';
import { createFakeEngine } from './fake-engine.ts';
import { FAKE_NOW, firstSnapshot, seeded } from './fake-snapshot.ts';
import { createFrames } from './frames.ts';
import { stubBrowser } from './stub-browser.ts';

stubBrowser(createFrames().next);
const { byWeight, examinationText, FIX_WORDS, verdict } = await import(
  '../../src/renderer/src/features/health/finding-words.ts'
);
const { runFix } = await import('../../src/renderer/src/features/health/run-fix.ts');
const { logText } = await import('../../src/renderer/src/features/health/log-text.ts');
const { setEngine } = await import('../../src/renderer/src/live/engine.ts');
const { createEngineClient } = await import('../../src/renderer/src/engine-client.ts');
const { useSettingsStore } = await import('../../src/renderer/src/stores/settings-store.ts');
const { useUiStore } = await import('../../src/renderer/src/stores/ui-store.ts');

const finding = (check: Finding['check'], level: Finding['level'], advice?: string): Finding => ({
  check,
  level,
  text: `The ${check} is ${level}.`,
  advice,
  fix: undefined,
});
const FOUND = [
  finding('clock', 'fine'),
  finding('dns', 'warning', 'Wait a moment.'),
  finding('token', 'problem', 'Log in again.'),
  finding('rest', 'unknown'),
];

describe('an examination', () => {
  it('puts first what wants something done', () => {
    expect(byWeight(FOUND).map(({ check }) => check)).toEqual(['token', 'dns', 'rest', 'clock']);
  });

  it('is summed up in one sentence', () => {
    expect(verdict(FOUND)).toBe('1 problem, 1 warning, 1 check could not be made.');
    expect(verdict(CHECKS.map((check) => finding(check, 'fine')))).toBe('All 13 checks are fine.');
    expect(verdict([])).toBe('Nothing was looked at.');
  });

  it('can be pasted into a message', () => {
    const text = examinationText({ venue: 'bank', label: 'Bank', examinedAt: FAKE_NOW, findings: FOUND });
    expect(text.split('\n')).toEqual([
      'Bank, examined 20 Nov 10:47:12 IST',
      'Problem (token): The token is problem. Log in again.',
      'Warning (dns): The dns is warning. Wait a moment.',
      'Not known (rest): The rest is unknown.',
      'Fine (clock): The clock is fine.',
    ]);
  });
});

describe('a fix', () => {
  let engine = createFakeEngine();
  beforeEach(() => {
    engine = createFakeEngine();
    setEngine(createEngineClient(engine.transport));
    const { brokers } = firstSnapshot(settingsSchema.parse({}), seeded(7));
    useSettingsStore.setState({ brokers: [...brokers, ...venueStates()] });
    useUiStore.setState({ overlay: undefined, feedShown: undefined });
  });

  it.each([
    ['log-in', 'login.begin', { broker: 'bank' }],
    ['reconnect', 'feed.reconnect', null],
    ['refresh-instruments', 'feed.reconnect', null],
    ['switch-to-polling', 'settings.update', { feed: { mode: 'polling' } }],
    ['switch-to-simulator', 'settings.update', { feed: { source: 'simulator' } }],
  ] as const)('%s asks the engine for %s', async (fix, name, input) => {
    await runFix(fix, 'bank');
    expect(engine.asked).toEqual([{ name, input }]);
  });

  it('that is the person’s shows where: the settings of that broker', async () => {
    await runFix('open-settings', 'bank');
    expect(engine.asked).toEqual([]);
    expect(useUiStore.getState()).toMatchObject({ overlay: 'settings', section: 'feed', feedShown: 'bank' });
  });

  it('has a name on its button, each another', () => {
    expect(new Set(FIXES.map((fix) => FIX_WORDS[fix])).size).toBe(FIXES.length);
  });
});

describe('the log', () => {
  it('is pasted a line each, in Indian time', () => {
    const line = { time: FAKE_NOW, level: 'warn', text: 'The socket was refused.' } as const;
    expect(logText([line, { ...line, level: 'info', text: 'Again.' }])).toBe(
      '20 Nov 10:47:12 warn The socket was refused.\n20 Nov 10:47:12 info Again.',
    );
  });
});
