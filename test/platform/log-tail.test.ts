import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { logTail } from '../../src/main/platform/log-tail.ts';
import { createLogger, logFile } from '../../src/main/platform/logger.ts';
import { createRedactor } from '../../src/main/platform/redactor.ts';
import { tempFolder } from '../support/temp-folder.ts';

describe('the end of the log', () => {
  it('is the newest lines, oldest first, as the logger wrote them', () => {
    const dir = tempFolder();
    const redactor = createRedactor();
    redactor.hide('hush-hush');
    const logger = createLogger(dir, { redactor });
    for (let number = 1; number <= 5; number += 1) logger.info(`Line ${number}`);
    logger.warn('Said hush-hush', { accessToken: 'hush-hush' });
    const tail = logTail(logFile(dir), 3);
    expect(tail.map(({ level, text }) => [level, text])).toEqual([
      ['info', 'Line 4'],
      ['info', 'Line 5'],
      ['warn', expect.stringMatching(/^Said •••/)],
    ]);
    expect(JSON.stringify(tail)).not.toContain('hush');
    expect(Math.abs((tail[0]?.time ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('keeps the rows of a stack with their line', () => {
    const file = join(tempFolder(), 'a.log');
    writeFileSync(file, '2026-11-20T04:00:00.000Z [error] It broke\n    at here\n    at there\n');
    expect(logTail(file, 5)).toEqual([
      { time: Date.UTC(2026, 10, 20, 4), level: 'error', text: 'It broke\n    at here\n    at there' },
    ]);
  });

  it('reads the line ends of Windows, and odd ones within a line', () => {
    const file = join(tempFolder(), 'w.log');
    const stamp = '2026-11-20T04:00:00.000Z';
    writeFileSync(
      file,
      `${stamp} [info] One\r\n${stamp} [error] Two\r\n    at here\r\n${stamp} [warn] Th\u2028ree\r\n`,
    );
    expect(logTail(file, 5).map(({ text }) => text)).toEqual(['One', 'Two\n    at here', 'Th\u2028ree']);
  });

  it('is found in a large file too, and is nothing where there is no file', () => {
    const dir = tempFolder();
    const file = join(dir, 'b.log');
    const line = (number: number): string => `2026-11-20T04:00:00.000Z [info] Line ${number}\n`;
    writeFileSync(file, Array.from({ length: 20_000 }, (_none, index) => line(index)).join(''));
    expect(logTail(file, 2).map(({ text }) => text)).toEqual(['Line 19998', 'Line 19999']);
    expect(logTail(join(dir, 'none.log'), 2)).toEqual([]);
  });
});
