import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Check, Fix } from '../../src/contract/doctor.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { AppError } from '../../src/core/errors.ts';
import { CLOSED, examine, OPEN, type Play, type Report, type Setting } from './made-venue.ts';

/** What a person sees, what is wrong, and the finding that says so: the table of docs/doctor.md. */
interface Line {
  readonly trouble: string;
  readonly cause: string;
  readonly setting: Setting;
  readonly check: Check;
  readonly level: 'problem' | 'warning' | 'fine';
  readonly fix: Fix | undefined;
  readonly says: string;
}

const failing = (code: 'network' | 'auth-expired', message: string): Setting => ({
  open: () => Promise.reject(new AppError(code, message)),
});
const mute: Play = (sink) => sink.heard(1);
const silentConnection: Play = () => undefined;
const stale: Play = (sink) => {
  sink.heard(1);
  sink.status({ state: 'stale', lastTickAt: OPEN as EpochMs });
};

const LINES: readonly Line[] = [
  {
    trouble: 'The list of instruments is missing',
    cause: 'it was never fetched, and cannot be now',
    setting: failing('network', 'No answer.'),
    check: 'instruments',
    level: 'problem',
    fix: 'refresh-instruments',
    says: 'No list of instruments',
  },
  {
    trouble: 'The start fails',
    cause: 'the token is invalid or expired',
    setting: failing('auth-expired', 'Made Venue no longer accepts the login.'),
    check: 'token',
    level: 'problem',
    fix: 'log-in',
    says: 'no longer accepts the login',
  },
  {
    trouble: 'The start fails',
    cause: 'the network is down',
    setting: { probes: { lookUp: () => Promise.reject(new Error('ENOTFOUND')) } },
    check: 'dns',
    level: 'problem',
    fix: 'reconnect',
    says: 'cannot be found',
  },
  {
    trouble: 'The start fails',
    cause: 'the venue is down',
    setting: failing('network', 'Made Venue answered with a web page (HTTP 503).'),
    check: 'rest',
    level: 'problem',
    fix: 'reconnect',
    says: 'web page (HTTP 503)',
  },
  {
    trouble: '“Initializing…” for ever',
    cause: 'API key or access token is missing',
    setting: { credentials: {} },
    check: 'credentials',
    level: 'problem',
    fix: 'open-settings',
    says: 'without API key',
  },
  {
    trouble: '“Initializing…” for ever',
    cause: 'the connection hangs: reconnect',
    setting: { play: mute },
    check: 'silence',
    level: 'problem',
    fix: 'reconnect',
    says: 'no price has come',
  },
  {
    trouble: '“Initializing…” for ever',
    cause: 'the connection does not come about: poll, and come back later',
    setting: { play: silentConnection },
    check: 'socket',
    level: 'problem',
    fix: 'switch-to-polling',
    says: 'has not let the live connection in',
  },
  {
    trouble: 'No signals',
    cause: 'the market is closed',
    setting: { now: CLOSED },
    check: 'market',
    level: 'warning',
    fix: 'switch-to-simulator',
    says: 'It opens on Mon 23 Nov, 09:15 IST',
  },
  {
    trouble: 'No signals',
    cause: 'nothing qualifies',
    setting: {},
    check: 'first-tick',
    level: 'fine',
    fix: undefined,
    says: 'none of them meets the rule',
  },
  {
    trouble: 'No signals',
    cause: 'the rule is switched off',
    setting: { settings: { rule: { enabled: false } } },
    check: 'first-tick',
    level: 'warning',
    fix: 'open-settings',
    says: 'switched off',
  },
  {
    trouble: 'No signals',
    cause: 'no ticks come',
    setting: { play: mute },
    check: 'first-tick',
    level: 'problem',
    fix: 'switch-to-polling',
    says: 'None of 2 instruments',
  },
  {
    trouble: 'Is it LIVE?',
    cause: 'the connection stands, and says so',
    setting: {},
    check: 'socket',
    level: 'fine',
    fix: undefined,
    says: 'comes about',
  },
  {
    trouble: 'Is it LIVE?',
    cause: 'it stands, but its prices are old',
    setting: { play: stale },
    check: 'silence',
    level: 'problem',
    fix: 'reconnect',
    says: 'no price has come',
  },
  {
    trouble: 'Does polling bring prices?',
    cause: 'it does, so the fault lies with the live connection',
    setting: { play: mute },
    check: 'rest',
    level: 'fine',
    fix: undefined,
    says: 'prices for 2 of 2 instruments',
  },
];

const whole = ({ of }: Report, check: Check): string => `${of(check).text} ${of(check).advice ?? ''}`;

describe('every line of the troubleshooting list', () => {
  it.each(LINES)('$trouble: $cause', async ({ setting, check, level, fix, says }) => {
    const report = await examine(setting);
    expect(report.of(check)).toMatchObject({ level, fix });
    expect(whole(report, check)).toContain(says);
  });

  it('stands in docs/doctor.md', () => {
    const page = readFileSync('docs/doctor.md', 'utf8');
    for (const { trouble, cause, check } of LINES) expect(page).toContain(`| ${trouble} | ${cause} | \`${check}\` |`);
  });
});
