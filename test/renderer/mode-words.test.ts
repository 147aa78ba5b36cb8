import { describe, expect, it } from 'vitest';
import type { FeedState } from '../../src/contract/events.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import {
  autoWords,
  holdOf,
  holdSentence,
  modeProblem,
  shortAutoWords,
} from '../../src/renderer/src/features/top-bar/mode-words.ts';

const at = (text: string): EpochMs => Date.parse(`${text}+05:30`) as EpochMs;
const now = at('2026-11-20T10:47:12');
const feed: FeedState = {
  source: 'kite',
  label: 'Zerodha Kite',
  world: 'market',
  mode: 'polling',
  nextMode: { at: at('2026-11-20T14:00'), mode: 'streaming' },
  isHeld: false,
  status: { state: 'live', since: now },
  standby: undefined,
  loginUntil: undefined,
  speed: 1,
};

describe('Auto', () => {
  it('says what runs and until when', () => {
    expect(autoWords(feed, now)).toBe('polling until 14:00');
    expect(autoWords({ ...feed, isHeld: true }, now)).toBe('polling held until 14:00');
    expect(autoWords({ ...feed, nextMode: { at: at('2026-11-23T09:15'), mode: 'streaming' } }, now)).toBe(
      'polling until Mon 09:15',
    );
    expect(shortAutoWords(feed, now)).toBe('polling until 14:00');
    expect(shortAutoWords({ ...feed, isHeld: true }, now)).toBe('held until 14:00');
    expect(autoWords({ ...feed, nextMode: undefined }, now)).toBe('polling');
  });

  it.each([
    ['the other mode', 'streaming', false, 'streaming'],
    ['the other mode while one is held', 'streaming', true, 'streaming'],
    ['what is held', 'polling', true, null],
    ['what runs by the schedule', 'polling', false, undefined],
  ] as const)('takes a click on %s', (_case, clicked, isHeld, wanted) => {
    expect(holdOf(clicked, { mode: 'polling', isHeld })).toBe(wanted);
  });

  it('says what a click has done', () => {
    expect(holdSentence({ ...feed, isHeld: true }, now)).toBe(
      'Polling is held until 14:00; then the schedule goes on.',
    );
    expect(holdSentence(feed, now)).toBe('Polling runs by the schedule until 14:00.');
  });
});

describe('a mode that a venue cannot do', () => {
  const can = { stream: true, quotes: true, history: true, orders: false };
  const problem = (mode: 'streaming' | 'polling' | 'auto', change: Partial<typeof can>) =>
    modeProblem(mode, { label: 'Acme', can: { ...can, ...change } });

  it('is refused with the reason', () => {
    expect(problem('streaming', { stream: false })).toBe('Acme has no live stream: its prices are polled.');
    expect(problem('polling', { quotes: false })).toContain('only stream');
    expect(problem('auto', { quotes: false })).toContain('only one of them');
  });

  it('is not refused where the venue can, or where nobody knows the venue', () => {
    for (const mode of ['streaming', 'polling', 'auto'] as const) {
      expect(problem(mode, {})).toBeUndefined();
      expect(modeProblem(mode, undefined)).toBeUndefined();
    }
    expect(problem('polling', { stream: false })).toBeUndefined();
  });
});
