import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/core/canonical-json.ts';

describe('canonical JSON', () => {
  it('sorts keys at every depth by their UTF-16 units, and has no blanks', () => {
    const value = { b: [1, { z: null, a: true }], a: 'x y', ö: 1, '\u{10000}': 2, '\ufb33': 3, 10: 4, 9: 5 };
    expect(canonicalJson(value)).toBe(
      '{"10":4,"9":5,"a":"x y","b":[1,{"a":true,"z":null}],"ö":1,"\u{10000}":2,"\ufb33":3}',
    );
  });

  // The numbers of RFC 8785, appendix B, and the two that are written as one.
  it.each([
    [0, '0'],
    [-0, '0'],
    [5e-324, '5e-324'],
    [-1.7976931348623157e308, '-1.7976931348623157e+308'],
    [9007199254740992, '9007199254740992'],
    [295147905179352830000, '295147905179352830000'],
    [1e21, '1e+21'],
    [9.999999999999997e22, '9.999999999999997e+22'],
    [Number('333333333.33333329'), '333333333.3333333'],
    [0.000001, '0.000001'],
    [1e-7, '1e-7'],
  ])('writes %d as JSON writes it', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('escapes what a line of text may not hold', () => {
    expect(canonicalJson('\u20ac$\u000f\nA\'B"\\\u007f')).toBe('"\u20ac$\\u000f\\nA\'B\\"\\\\\u007f"');
  });

  it.each([
    ['NaN', Number.NaN],
    ['an infinity', Number.NEGATIVE_INFINITY],
    ['undefined', undefined],
    ['a function', () => 1],
    ['a bigint', 1n],
    ['a symbol', Symbol('x')],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['numbers in a typed list', Float64Array.of(1)],
  ])('refuses %s, wherever it is', (_what, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
    expect(() => canonicalJson({ a: value })).toThrow(TypeError);
    expect(() => canonicalJson([1, value])).toThrow(TypeError);
  });

  it('refuses a list with a hole', () => {
    const list = [1, 2, 3];
    delete list[1];
    expect(() => canonicalJson(list)).toThrow(TypeError);
  });

  it('says the same as JSON, and one thing in one way', () => {
    const shuffled = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(shuffled);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, each]) => [key, shuffled(each)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(shuffled(value))).toBe(text);
        expect(text).not.toContain('\n');
      }),
    );
  });
});
