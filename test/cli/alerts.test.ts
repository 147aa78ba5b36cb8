import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alertsCommand } from '../../src/main/cli/alerts-prove.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { runCli } from '../support/cli-run.ts';
import { raiseFound, storeBars } from '../support/raised-alerts.ts';
import { sampleAlert } from '../support/sample-alert.ts';
import { tamper } from '../support/tamper.ts';
import { tempFolder, tempFolderForAll } from '../support/temp-folder.ts';
import { appErrorOf } from '../support/thrown.ts';

const template = join(tempFolderForAll(), 'tickscope.sqlite');
const store = openStore(template);
storeBars(store);
const ids = raiseFound(store);
const [FIRST = '', SECOND = ''] = ids;
store.settle('desktop', [FIRST], 'told', 1_793_339_500_000 as Parameters<typeof store.settle>[3]);
store.close();

function place(change = ''): string {
  const folder = tempFolder();
  copyFileSync(template, join(folder, 'a.sqlite'));
  if (change !== '') tamper(join(folder, 'a.sqlite'), change);
  return folder;
}

const alerts = (folder: string, ...args: readonly string[]) =>
  runCli(alertsCommand, [...args, '--db', 'a.sqlite'], folder);

describe('alerts prove', () => {
  it('says that an alert comes out the same, and ends with 0', async () => {
    const folder = place();
    const proved = await alerts(folder, 'prove', FIRST);
    expect(proved).toMatchObject({
      status: 0,
      text: expect.stringMatching(/^reproduced {2}NSE:AAA .* from \d+ bars\n$/),
    });
    expect(await alerts(folder, 'prove', ...FIRST.split(' ')), 'without quotes too').toEqual(proved);
    expect(JSON.parse((await alerts(folder, 'prove', FIRST, '--json')).text)).toMatchObject({ kind: 'reproduced' });
  });

  it('shows what differs, and ends with 1', async () => {
    const time = Number(FIRST.split(' ').at(-1));
    const folder = place(`UPDATE candle SET close = close + 1 WHERE open_time = ${time + 240_000}`);
    const { status, lines } = await alerts(folder, 'prove', FIRST);
    expect(status).toBe(1);
    expect(lines[0]).toBe(`differs     ${FIRST}`);
    expect(lines.slice(1).join('\n')).toMatch(/^ {2}price: [\d.]+, now [\d.]+$/m);
    expect(lines.slice(1).join('\n')).toMatch(/^ {2}5m 2026-10-30 \d\d:\d\d close: [\d.]+, now [\d.]+$/m);
    expect(lines.slice(1).join('\n')).toMatch(/^ {2}ema\(9\): [\d.]+, now [\d.]+$/m);
  });

  it('proves all of them, a line each, and says whether the chain holds', async () => {
    const { status, lines, said } = await alerts(place(), 'prove', '--all');
    expect(status).toBe(0);
    expect(lines.map((line) => line.slice(0, 12).trim())).toEqual(ids.map(() => 'reproduced'));
    expect(said).toBe(`${ids.length} reproduced, 0 differ, 0 tampered with, 0 cannot be proved.\nThe chain holds.\n`);
  });

  it.each([
    ['a changed row', `UPDATE alert SET price = 1 WHERE link = 5`, /1 tampered with/],
    ['a deleted alert', `DELETE FROM alert WHERE link = 5`, /1 tampered with[\s\S]*The chain holds/],
    ['a changed link', `UPDATE evidence SET hash = '' WHERE seq = ${ids.length}`, /The chain is broken\. Link \d+ was/],
    [
      'a missing delivery',
      `DELETE FROM evidence WHERE kind = 'delivery'`,
      /0 tampered with[\s\S]*The chain is broken\. The end/,
    ],
  ])('ends with 1 for all because of %s', async (_what, change, said) => {
    const proved = await alerts(place(change), 'prove', '--all');
    expect(proved.status).toBe(1);
    expect(proved.said).toMatch(said);
  });

  it('ends with 1 for one that cannot be proved, and not for all because of it', async () => {
    const folder = place();
    const open = openStore(join(folder, 'a.sqlite'));
    open.addAlert(sampleAlert());
    open.close();
    // As if it had been there before passports were.
    tamper(join(folder, 'a.sqlite'), 'UPDATE alert SET rowid = -1 WHERE link IS NULL');
    expect(await alerts(folder, 'prove', sampleAlert().id)).toMatchObject({
      status: 1,
      text: expect.stringMatching(/^cannot .* kept no passports yet\.\n$/),
    });
    expect(await alerts(folder, 'prove', 'NSE:NOBODY')).toMatchObject({ status: 1 });
    expect(await alerts(folder, 'prove', '--all')).toMatchObject({
      status: 0,
      said: expect.stringContaining('1 cannot be proved'),
    });
  });
});

describe('alerts list', () => {
  it('prints every alert, oldest first', async () => {
    const folder = place();
    const { status, lines } = await alerts(folder, 'list');
    expect(status).toBe(0);
    expect(lines.map((line) => line.split('\t')[2])).toEqual(ids);
    expect(lines[0]).toMatch(
      /^1\t2026-10-30T\d\d:\d\d:00\+05:30\tNSE:AAA 5m cross \d+\t(buy|sell) [\d.]+\tEMA 9 crossed/,
    );
    expect((await alerts(folder, 'list', '--json')).lines.map((line) => JSON.parse(line).id)).toEqual(ids);
  });
});

describe('alerts export', () => {
  it('writes a file whose links can be checked by hand', async () => {
    const folder = place();
    const { status, text } = await alerts(folder, 'export', FIRST, '--out', 'alert.json');
    expect(status).toBe(0);
    const path = join(folder, 'alert.json');
    expect(text).toBe(`${path}: ${readFileSync(path).length} bytes\n`);
    const file = JSON.parse(readFileSync(path, 'utf8'));
    expect(file).toMatchObject({
      format: 'tickscope-alert',
      version: 1,
      alert: { id: FIRST },
      passport: { alert: FIRST, rule: { id: 'cross' } },
      deliveries: [{ channel: 'desktop', outcome: 'told', at: 1_793_339_500_000 }],
      links: [{ seq: 1, previous: '0'.repeat(64) }, { seq: ids.length + 1 }],
      check: expect.any(Array),
    });
    for (const { previous, text: said, hash } of file.links)
      expect(createHash('sha256').update(`${previous}${said}`).digest('hex')).toBe(hash);
    expect(JSON.parse(file.links[0].text).passport).toEqual(file.passport);
  });

  it.skipIf(!hasSha256sum())('has the hash that sha256sum prints (skipped where there is none)', async () => {
    const folder = place();
    await alerts(folder, 'export', SECOND, '--out', 'alert.json');
    const [link] = JSON.parse(readFileSync(join(folder, 'alert.json'), 'utf8')).links;
    writeFileSync(join(folder, 'link.txt'), `${link.previous}${link.text}`);
    expect(execFileSync('sha256sum', [join(folder, 'link.txt')], { encoding: 'utf8' }).split(' ')[0]).toBe(link.hash);
  });

  it('names the file itself, and writes over none unless told to', async () => {
    const folder = place();
    const { text } = await alerts(folder, 'export', FIRST);
    const path = join(folder, `alert_${FIRST.replaceAll(/[: ]/g, '_')}.json`);
    expect(text).toContain(path);
    const again = await alerts(folder, 'export', FIRST).catch((thrown: unknown) => thrown);
    expect(again).toMatchObject({ code: 'invalid-input' });
    expect(await alerts(folder, 'export', FIRST, '--force')).toMatchObject({ status: 0 });
    const nobody = await alerts(folder, 'export', 'nobody').catch((thrown: unknown) => thrown);
    expect(
      appErrorOf(() => {
        throw nobody;
      }),
    ).toMatchObject({ code: 'not-found' });
  });
});

describe('wrong usage of alerts', () => {
  it.each([
    [[]],
    [['shout']],
    [['constructor']],
    [['prove']],
    [['export']],
    [['list', 'x']],
    [['prove', 'x', '--all']],
  ])('ends with the right one: %j', async (args) => {
    const thrown = await alerts(place(), ...args).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: 'UsageError', message: expect.stringContaining('alerts list | prove') });
  });
});

function hasSha256sum(): boolean {
  try {
    execFileSync('sha256sum', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
