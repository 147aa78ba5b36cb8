import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { freshOneTimeCode, oneTimeCode } from '../../src/main/brokers/one-time-code.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { appErrorOf } from '../support/thrown.ts';

/** The secret of RFC 6238, appendix B, as base32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const never = new AbortController().signal;

describe('a one-time code', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
  ])('at second %d is that of RFC 6238, zeros in front kept', (second, code) => {
    expect(oneTimeCode(SECRET, (second * 1_000) as EpochMs)).toBe(code);
    expect(oneTimeCode(SECRET, (second * 1_000 + 999) as EpochMs)).toBe(code);
  });

  it('takes the secret as people copy it', () => {
    expect(oneTimeCode('gezd gnbv gy3t qojq gezd gnbv gy3t qojq\n', 59_000 as EpochMs)).toBe('287082');
    expect(oneTimeCode('GEZDGNBVGY3TQOJQ', 59_000 as EpochMs), 'a short one').toMatch(/^\d{6}$/);
  });

  it.each([
    ['nothing', ''],
    ['a code', '123456'],
    ['a few letters', 'ABCD'],
    ['other characters', 'GEZDGNBVGY3TQOJ1GEZDGNBVGY3TQOJ!'],
    ['a whole address', 'otpauth://totp/Kite?secret=GEZDGNBVGY3TQOJQ'],
    ['far too many letters', 'A'.repeat(5_000)],
  ])('is refused for %s, and the sentence does not quote it', (_case, secret) => {
    const error = appErrorOf(() => oneTimeCode(secret, 59_000 as EpochMs));
    expect(error).toMatchObject({ code: 'invalid-input', cause: undefined });
    if (secret !== '') expect(error.message).not.toContain(secret);
  });
});

describe('a fresh one-time code', () => {
  it('is there at once while its window has time left', async () => {
    expect(await freshOneTimeCode(SECRET, new FakeClock(27_000), never)).toBe(oneTimeCode(SECRET, 0 as EpochMs));
  });

  it('is the next one when this one is as good as over', async () => {
    const clock = new FakeClock(57_001);
    const code = freshOneTimeCode(SECRET, clock, never);
    expect(clock.timers).toBe(1);
    clock.advance(2_999);
    expect(await code).toBe(oneTimeCode(SECRET, 60_000 as EpochMs));
  });

  it('is not waited for after a stop', async () => {
    const stop = new AbortController();
    const code = freshOneTimeCode(SECRET, new FakeClock(58_000), stop.signal);
    stop.abort(new Error('enough'));
    await expect(code).rejects.toThrow('enough');
  });
});
