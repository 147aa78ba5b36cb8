import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { createLogger } from '../../src/main/platform/logger.ts';
import { createRedactor } from '../../src/main/platform/redactor.ts';
import { asOrdinaryUser, hasFileModes, tempFolder } from '../support/temp-folder.ts';

const linesIn = (dir: string): string[] => readFileSync(join(dir, 'tickscope.log'), 'utf8').trimEnd().split('\n');
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z /;

describe('the log', () => {
  it('is a line each, with time, level and context', () => {
    const dir = join(tempFolder(), 'logs');
    const logger = createLogger(dir);
    logger.info('Feed is live', { instruments: 51, since: undefined });
    logger.warn('Odd packet', { length: 7, bytes: Uint8Array.of(1, 2, 3), nested: { deep: [1n, Number.NaN] } });
    logger.info('100 % done, %s and %o');
    const lines = linesIn(dir);
    expect(lines.map((line) => TIME.test(line))).toEqual([true, true, true]);
    expect(lines.map((line) => line.replace(TIME, ''))).toEqual([
      '[info] Feed is live {"instruments":51}',
      '[warn] Odd packet {"length":7,"bytes":"<3 bytes>","nested":{"deep":["1","NaN"]}}',
      '[info] 100 % done, %s and %o',
    ]);
  });

  it('tells an error with its code, its place and its causes', () => {
    const dir = tempFolder();
    const cause = new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') });
    createLogger(dir).error(
      new AppError('network', 'Kite cannot be reached.', { cause, context: { host: 'api.kite.trade' } }),
    );
    const text = linesIn(dir).join('\n').replace(TIME, '');
    expect(text).toMatch(
      /^\[error\] AppError network: Kite cannot be reached\. \{"host":"api\.kite\.trade"\}\n {4}at /,
    );
    expect(text).toMatch(/\n {2}because TypeError: fetch failed\n[\s\S]*\n {2}because Error: ECONNREFUSED\n/);
    expect(text).toContain('logger.test.ts');
  });

  it('shows no secret: not by key, not in a text, not by value, not in a cause', () => {
    const dir = tempFolder();
    const redactor = createRedactor();
    const logger = createLogger(dir, { redactor });
    redactor.hide('GEHEIM-99');
    logger.info('GET /?api_key=abc&x=1', { accessToken: 'tok-1', form: { pin: 4321 }, url: 'http://x/GEHEIM-99' });
    logger.warn('Cookie: sid=1', { list: [['GEHEIM-99']], map: new Map([['a', 'GEHEIM-99']]) });
    logger.error(new AppError('forbidden', 'No.', { cause: new Error('token=tok-2 and GEHEIM-99') }));
    const text = linesIn(dir).join('\n');
    for (const secret of ['abc', 'tok-1', '4321', 'sid=1', 'tok-2', 'GEHEIM']) expect(text).not.toContain(secret);
    expect(text).toContain('GET /?api_key=•••&x=1 {"accessToken":"•••","form":{"pin":"•••"},"url":"http://x/•••"}');
  });

  it('lets no venue write lines of its own, and cuts long ones', () => {
    const dir = tempFolder();
    createLogger(dir).warn('rejected: a\r\n2026-01-01T00:00:00.000Z [error] b', { body: 'x'.repeat(9_000) });
    const lines = linesIn(dir);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.length).toBeLessThan(2_200);
  });

  it('survives what cannot be told', () => {
    const dir = tempFolder();
    const circle: Record<string, unknown> = { name: 'circle' };
    circle['self'] = circle;
    createLogger(dir).info('odd', { circle, call: () => 1, symbol: Symbol('s') });
    expect(linesIn(dir)[0]).toContain('"name":"circle"');
  });

  it('leaves out what is below its level', () => {
    const dir = tempFolder();
    const logger = createLogger(dir, { level: 'warn' });
    logger.info('quiet');
    logger.warn('loud');
    expect(linesIn(dir).map((line) => line.replace(TIME, ''))).toEqual(['[warn] loud']);
  });

  it('keeps one older file when it grows', () => {
    const dir = tempFolder();
    const logger = createLogger(dir, { maxBytes: 2_000 });
    for (let line = 0; line < 100; line += 1) logger.info(`line ${line} ${'.'.repeat(50)}`);
    expect(readdirSync(dir).sort()).toEqual(['tickscope.log', 'tickscope.old.log']);
    for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).size).toBeLessThan(2_200);
    expect(linesIn(dir).at(-1)).toContain('line 99');
  });

  it('goes on where it left off, and two folders have a log each', () => {
    const [one, two] = [tempFolder(), tempFolder()];
    createLogger(one).info('first');
    createLogger(two).info('elsewhere');
    createLogger(one).info('second');
    expect(linesIn(one)).toHaveLength(2);
    expect(linesIn(two)).toHaveLength(1);
  });

  it.runIf(hasFileModes)('is for its owner only', () => {
    const dir = tempFolder();
    createLogger(dir).info('mine');
    expect(statSync(join(dir, 'tickscope.log')).mode & 0o777).toBe(0o600);
  });

  it.runIf(hasFileModes)('that cannot be written stops nobody', () => {
    const folder = tempFolder();
    const dir = join(folder, 'logs');
    mkdirSync(dir);
    chmodSync(dir, 0o555);
    const said: unknown[] = [];
    const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean(said.push(text)));
    onTestFinished(() => stderr.mockRestore());
    asOrdinaryUser(folder, () => {
      const logger = createLogger(dir);
      for (let line = 0; line < 3; line += 1) logger.info('lost');
    });
    expect(said).toEqual([`Tickscope cannot write its log in ${dir}; it goes on without one.\n`]);
    expect(readdirSync(dir)).toEqual([]);
  });
});
