import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { rulesCommand } from '../../src/main/cli/rules-check.ts';
import { runCli } from '../support/cli-run.ts';

const rules = (...args: readonly string[]) => runCli(rulesCommand, args, '.');

describe('rules check', () => {
  it('prints a sentence as we write it, and what it needs', async () => {
    const { status, text, said } = await rules('check', 'EMA(9) crossed above ema(21)  AND rsi > 50');
    expect({ status, text, said }).toEqual({
      status: 0,
      text: 'ema(9) crosses above ema(21) and rsi(14) > 50\n\nNeeds 200 bars of 5m.\n',
      said: '',
    });
  });

  it('points at what is wrong, and fails', async () => {
    const { status, text, said } = await rules('check', 'ema(9) croses above ema(21)');
    expect({ status, text }).toEqual({ status: 1, text: '' });
    expect(said.split('\n')).toEqual([
      '    ema(9) croses above ema(21)',
      '           ^^^^^^',
      '"croses" is not known here.',
      'Did you mean "crosses"?',
      '',
    ]);
  });

  it('warns of what can never hold and of what repaints, and does not fail', async () => {
    const { status, lines } = await rules('check', 'rsi(14) > 100 and close > ema(20, forming 1h)');
    expect(status).toBe(0);
    expect(lines).toContain('Warning (never):');
    expect(lines).toContain('This can never hold. rsi(14) lies between 0 and 100.');
    expect(lines).toContain('Warning (repaints):');
    expect(lines).toContain('Did you mean "ema(20, 1h)"?');
  });

  it('counts the bars that are needed of each timeframe', async () => {
    const { lines } = await rules('check', 'rsi(14, 15m) < 30', '--timeframe', '5m');
    expect(lines.at(-1)).toMatch(/^Needs \d+ bars of 5m, \d+ bars of 15m\.$/u);
  });

  it('points at bars that cannot be made of the rule’s own', async () => {
    const { status, text, said } = await rules('check', 'rsi(14, 5m) < 30', '--timeframe', '15m');
    expect({ status, text }).toEqual({ status: 1, text: '' });
    expect(said).toMatch(/^ {4}rsi\(14, 5m\) < 30\n {4}\^{11}\nBars of 5m cannot be made of the rule's own/);
    const { lines } = await rules('check', 'close > day high[1]', '--timeframe', '1w', '--json');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ ok: false, problem: { start: 8, end: 16 } });
  });

  it('tells programs everything on one line, of bad sentences too', async () => {
    const good = await rules('check', 'high < low', '--json');
    expect([good.status, good.lines.length]).toEqual([0, 1]);
    expect(JSON.parse(good.text)).toMatchObject({
      ok: true,
      canonical: 'high < low',
      warnings: [{ kind: 'never', start: 0, end: 10 }],
      needs: [{ timeframe: '5m', bars: 200 }],
      problem: null,
    });
    const bad = await rules('check', 'high <', '--json');
    expect([bad.status, bad.lines.length]).toEqual([1, 1]);
    expect(JSON.parse(bad.text)).toMatchObject({ ok: false, canonical: null, problem: { start: 6, end: 6 } });
  });

  it.each([
    [[]],
    [['check']],
    [['check', 'close', '>', '5']],
    [['check', 'close > 5', '--timeframe', '7m']],
    [['lost']],
  ])('takes %j for wrong usage', async (args) => {
    await expect(rules(...args)).rejects.toThrow(UsageError);
  });
});

describe('rules list', () => {
  it('prints the ten rules that come with the app', async () => {
    const { status, lines } = await rules('list');
    expect(status).toBe(0);
    expect(lines.filter((line) => !line.startsWith(' '))).toHaveLength(10);
    expect(lines.slice(0, 2).join('\n')).toMatch(/^opening-range \(5m\): .*\n {4}buy: {2}time between/u);
    const printed = await rules('list', '--json');
    expect(printed.lines.map((line) => JSON.parse(line).id)).toContain('supertrend-flip');
  });
});
