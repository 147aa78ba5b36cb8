import { describe, expect, it } from 'vitest';
import { channelWords, isSetUp } from '../../src/renderer/src/features/settings/channel-words.ts';
import { quietWords, withQuietTime } from '../../src/renderer/src/features/settings/quiet-hours.ts';

const field = (name: string) => ({ name, label: name, hint: '', secret: true });
const webhook = {
  fields: [field('address'), field('secret')],
  fieldsSet: ['address', 'secret'],
  waiting: 0,
  trouble: null,
};

describe('a channel in words', () => {
  it.each([
    [{}, 'ready'],
    [{ trouble: 'It is down.' }, 'the last one failed'],
    [{ waiting: 1 }, '1 waits, ready'],
    [{ waiting: 3, trouble: 'It is down.' }, '3 wait, the last one failed'],
    [{ fieldsSet: [] }, 'not set up'],
    [{ fieldsSet: [], waiting: 2 }, 'not set up, 2 wait'],
    [{ fieldsSet: ['secret'] }, 'something is missing'],
    [{ fields: [], fieldsSet: [] }, 'ready'],
  ])('%j is %s', (other, words) => {
    expect(channelWords({ ...webhook, ...other })).toBe(words);
  });

  it('is set up with all its fields', () => {
    expect(isSetUp(webhook)).toBe(true);
    expect(isSetUp({ ...webhook, fieldsSet: ['address'] })).toBe(false);
  });
});

describe('quiet hours as they are typed', () => {
  const hours = { from: '22:00', to: '07:00' };

  it('are taken as people write them', () => {
    expect(withQuietTime(hours, 'from', ' 2130')).toEqual({ hours: { from: '21:30', to: '07:00' } });
    expect(withQuietTime(hours, 'to', '6.15')).toEqual({ hours: { from: '22:00', to: '06:15' } });
  });

  it.each(['25:00', 'late', ''])('are refused with a word: %j', (text) => {
    expect(withQuietTime(hours, 'to', text)).toEqual({ problem: expect.stringContaining('Write it like 22:00.') });
  });

  it.each([
    ['22:00', '07:00', 'Indian time, over midnight.'],
    ['12:00', '13:00', 'Indian time.'],
    ['09:00', '09:00', 'Indian time: all day.'],
  ])('from %s to %s: %s', (from, to, words) => {
    expect(quietWords({ from, to })).toBe(words);
  });
});
