import { describe, expect, it } from 'vitest';
import { createSecretStripper } from '../../src/main/cli/strip-secrets.ts';

const TOKEN = 'token-of-somebody';
const base64 = (text: string) => Buffer.from(text).toString('base64');

function learned(credentials: Readonly<Record<string, string>>) {
  const stripper = createSecretStripper();
  stripper.learn(credentials);
  return stripper;
}

describe('stripping secrets', () => {
  it('hides a value as it is, encoded for addresses, and in base64', () => {
    const { text } = learned({ accessToken: 'to/ken of+somebody' });
    const all = `a to/ken of+somebody b ${encodeURIComponent('to/ken of+somebody')} c ${base64('to/ken of+somebody')}`;
    expect(text(all)).toBe('a ••• b ••• c •••');
  });

  it('hides what is named like a secret though nobody told it', () => {
    const { text } = createSecretStripper();
    expect(text('{"access_token":"abc","data":{"password":"x1"},"instrument_token":408065}')).toBe(
      '{"access_token":"•••","data":{"password":"•••"},"instrument_token":408065}',
    );
  });

  it('hides who the account is of', () => {
    const { text } = createSecretStripper();
    const answer =
      '{"user_id":"AB1234","email_id":"a@b.c","mobile":9800000000,"fy_id":"XY","user_shortname":"A \\"B\\"","name":"INFOSYS"}';
    expect(JSON.parse(text(answer) ?? '')).toEqual({
      user_id: '•••',
      email_id: '•••',
      mobile: '•••',
      fy_id: '•••',
      user_shortname: '•••',
      name: 'INFOSYS',
    });
  });

  it('hides what can be read out of a token', () => {
    const inner = { hsm_key: 'key-within-the-token', exp: 1_800_000_000 };
    const jwt = `${base64('{"alg":"HS256"}')}.${Buffer.from(JSON.stringify(inner)).toString('base64url')}.signature-of-it`;
    const { text, isClean } = learned({ accessToken: `APP-100:${jwt}` });
    expect(text(`{"key":"${inner.hsm_key}","whole":"${jwt}"}`)).not.toMatch(/key-within|signature-of-it|eyJ/);
    expect(isClean(Buffer.from(`..${inner.hsm_key}..`))).toBe(false);
  });

  it('hides a short one only where it stands alone, and never spoils a price', () => {
    const { text } = learned({ pin: '1500' });
    expect(text('{"price":1500.25,"v":"1500","size":"15005"}')).toBe('{"price":1500.25,"v":"•••","size":"15005"}');
  });

  it('gives up a message that would be no JSON without it', () => {
    expect(createSecretStripper().text('{"pin":1500}')).toBeUndefined();
    expect(createSecretStripper().text('{"price":1500}')).toBe('{"price":1500}');
  });

  it('keeps numbers to the digit', () => {
    const { text } = learned({ accessToken: TOKEN });
    expect(text(`{"time":1729842192785164840,"t":"${TOKEN}"}`)).toBe('{"time":1729842192785164840,"t":"•••"}');
  });

  it('finds secrets in bytes', () => {
    const { isClean } = learned({ accessToken: TOKEN });
    expect(isClean(Buffer.concat([Buffer.from([0, 255, 7]), Buffer.from(TOKEN), Buffer.from([9])]))).toBe(false);
    expect(isClean(Buffer.from([0, 255, 7]))).toBe(true);
  });
});
