import { describe, expect, it } from 'vitest';
import type { OptionField } from '../../src/contract/manifest.ts';
import { optionFault, optionValues } from '../../src/contract/option-values.ts';

const options: readonly OptionField[] = [
  { kind: 'switch', name: 'sandbox', label: 'Sandbox', hint: '', initial: false },
  { kind: 'number', name: 'focusMinutes', label: 'Rest after', hint: '', initial: 3, min: 0, max: 60, unit: 'minutes' },
  { kind: 'text', name: 'caFile', label: 'CA file', hint: '', initial: '' },
  {
    kind: 'choice',
    name: 'handshake',
    label: 'Handshake',
    hint: '',
    initial: 'auto',
    choices: [
      { value: 'auto', label: 'Automatic' },
      { value: 'header', label: 'By header' },
    ],
  },
];
const manifest = { label: 'Venue', options };

describe('the options of a broker', () => {
  it('are all there, as set or as they begin', () => {
    expect(optionValues(manifest)).toEqual({ sandbox: false, focusMinutes: 3, caFile: '', handshake: 'auto' });
    expect(optionValues(manifest, { sandbox: true, focusMinutes: 0, handshake: 'header' })).toEqual({
      sandbox: true,
      focusMinutes: 0,
      caFile: '',
      handshake: 'header',
    });
  });

  it('fall back to the beginning where what was kept no longer fits', () => {
    expect(optionValues(manifest, { sandbox: 'yes', focusMinutes: 61, caFile: 7, handshake: 'x', gone: true })).toEqual(
      optionValues(manifest),
    );
    expect(optionValues({}, { any: 1 })).toEqual({});
  });

  it.each([
    [{ sandbox: 1 }, 'Venue, Sandbox: this is either on or off.'],
    [{ focusMinutes: -1 }, 'Venue, Rest after: this takes a number from 0 to 60.'],
    [{ focusMinutes: Number.NaN }, 'Venue, Rest after: this takes a number from 0 to 60.'],
    [{ caFile: true }, 'Venue, CA file: this takes a text.'],
    [{ handshake: 'x' }, 'Venue, Handshake: this takes one of: Automatic, By header.'],
    [{ gone: true }, 'Venue has no option named gone.'],
  ])('refuse %j with a sentence', (given, sentence) => {
    expect(optionFault(manifest, given)).toBe(sentence);
  });

  it('accept what fits', () => {
    expect(optionFault(manifest, { sandbox: true, focusMinutes: 60, caFile: '/a/b.pem', handshake: 'auto' })).toBe(
      undefined,
    );
    expect(optionFault({ label: 'Venue' })).toBe(undefined);
  });
});
