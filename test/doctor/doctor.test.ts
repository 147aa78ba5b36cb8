import { describe, expect, it } from 'vitest';
import { CHECKS } from '../../src/contract/doctor.ts';
import { AppError } from '../../src/core/errors.ts';
import { CREDENTIALS, doctorFor, examine, onward } from './made-venue.ts';

describe('an examination', () => {
  it('finds nothing wrong where nothing is, and tells each check once, in order', async () => {
    const { findings, venue, label, tookMs } = await examine();
    expect({ venue, label }).toEqual({ venue: 'made', label: 'Made Venue' });
    expect(findings.map(({ check }) => check)).toEqual([...CHECKS]);
    expect(findings.filter(({ level }) => level !== 'fine')).toEqual([]);
    for (const { text } of findings) expect(text).toMatch(/^[A-Z0-9].*\.$/);
    expect(tookMs).toBeLessThan(2_000);
  });

  it('closes the feed it opened', async () => {
    const { ran, clock } = await examine();
    expect(ran).toEqual({ begun: 1, ended: 1 });
    expect(clock.timers).toBe(0);
  });

  it('ends within thirty seconds when nothing answers, and says of each check why', async () => {
    const never = () => new Promise<never>(() => undefined);
    const { tookMs, findings, clock } = await examine({
      probes: { lookUp: never, certificate: never, serverTime: never, freeBytes: never, files: never },
      open: never,
    });
    expect(tookMs).toBeLessThanOrEqual(30_000);
    expect(findings.map(({ check }) => check)).toEqual([...CHECKS]);
    expect(findings.find(({ check }) => check === 'disk')).toMatchObject({ level: 'unknown' });
    expect(clock.timers).toBe(0);
  });

  it('ends within thirty seconds when all is slow', async () => {
    const slow = { done: false };
    const { tookMs } = await examine({
      open: () => new Promise(() => undefined),
      play: () => {
        slow.done = true;
      },
    });
    expect(tookMs).toBeLessThanOrEqual(30_000);
  });

  it('stops when it is told to, and closes what it opened', async () => {
    const { doctor, clock, ran } = doctorFor({ play: () => undefined });
    const stop = new AbortController();
    clock.after(3_000, () => stop.abort(new Error('enough')));
    await expect(onward(clock, doctor.examine('made', stop.signal))).rejects.toThrow('enough');
    expect(ran).toEqual({ begun: 1, ended: 1 });
    expect(clock.timers).toBe(0);
  });

  it('knows the venues there are', async () => {
    const { doctor } = doctorFor();
    await expect(doctor.examine('nobody', new AbortController().signal)).rejects.toThrow(
      expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining('made') }),
    );
  });

  it('tells no secret, even when a venue’s sentence holds one', async () => {
    const open = () => Promise.reject(new AppError('network', `No answer for ${CREDENTIALS.accessToken}.`));
    const { of } = await examine({ open });
    expect(of('rest').text).toBe('No answer for •••.');
  });

  it('survives a check that fails, and logs it', async () => {
    const optionsOf = () => ({});
    const instrumentsOf = () => [];
    const { of, logger } = await examine({
      probes: {
        isWritable: () => Promise.reject(new Error('odd')),
        files: async () => [{ name: 'a', bytes: 1, writtenAt: 0 }],
      },
      parts: { optionsOf, instrumentsOf },
    });
    expect(of('disk')).toMatchObject({ level: 'unknown', text: expect.stringContaining('log') });
    expect(logger.lines.join()).toContain('odd');
    expect(of('market')).toMatchObject({ level: 'problem', fix: 'open-settings' });
  });

  it('says what it looks at next', async () => {
    const seen: string[] = [];
    await examine({ parts: { onProgress: (check) => void seen.push(check) } });
    expect(seen.toSorted()).toEqual([...CHECKS].toSorted());
  });
});

describe('what runs on this computer', () => {
  it.each(['simulated', 'replay'] as const)('is examined too: %s', async (world) => {
    const { findings, ran, problems } = await examine({ manifest: { world, credentialFields: [], servers: {} } });
    expect(findings.map(({ check }) => check)).toEqual([...CHECKS]);
    expect(problems).toEqual([]);
    expect(findings.every(({ level }) => level === 'fine')).toBe(true);
    expect(ran.begun).toBe(0);
  });

  it('may still not open', async () => {
    const open = () => Promise.reject(new AppError('invalid-input', 'There is no file to replay.'));
    const { of } = await examine({ manifest: { world: 'replay', credentialFields: [] }, open });
    expect(of('rest')).toMatchObject({ level: 'problem', text: 'There is no file to replay.', fix: 'open-settings' });
  });
});
