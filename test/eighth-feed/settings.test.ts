import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BROKERS } from '../../src/main/brokers/registry.ts';
import { ask, closers, engineAt, snapshotOf, until } from '../support/composed.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { startFakePigeon } from './fake-pigeon.ts';
import { pigeon } from './pigeon/index.ts';

/** The engine of a person who has not heard of the exchange yet: simulated market, no credentials. */
async function settingsOf(env: Readonly<Record<string, string>> = {}) {
  const exchange = await startFakePigeon(() => Date.parse('2026-10-30T10:00:30+05:30'));
  closers.push(() => exchange.close());
  const servers = { TICKSCOPE_PIGEON_API_URL: exchange.apiUrl, TICKSCOPE_PIGEON_WS_URL: exchange.wsUrl };
  const opened = await engineAt('10:00:30', { ...servers, ...env }, {}, tempFolder(), [...BROKERS, pigeon]);
  const shown = async () => (await snapshotOf(opened.engine)).brokers.find(({ manifest }) => manifest.id === 'pigeon');
  return { exchange, shown, ...opened };
}

describe('the settings of a venue they have never heard of', () => {
  it('have its form: credentials, options, presets, all from the manifest', async () => {
    const { shown } = await settingsOf();
    expect(await shown()).toMatchObject({ manifest: pigeon.manifest, fieldsSet: [] });
    expect(JSON.parse(JSON.stringify(await shown())).manifest, 'and all of it crosses the border').toEqual(
      pigeon.manifest,
    );
  });

  it('say which credentials the environment gives, and never a value', async () => {
    const { shown, engine } = await settingsOf({ TICKSCOPE_PIGEON_USER: 'P-4711', TICKSCOPE_PIGEON_PIN: 'crumbs-9' });
    expect((await shown())?.fieldsSet).toEqual(['user', 'pin']);
    expect(JSON.stringify(await snapshotOf(engine))).not.toContain('crumbs-9');
  });

  it('take what a person enters, and open it', async () => {
    const { exchange, shown, engine, clock, dir } = await settingsOf();
    const { user, pin } = exchange.account;
    await ask(engine, 'credentials.save', { broker: 'pigeon', fields: { user, pin } });
    expect((await shown())?.fieldsSet).toEqual(['user', 'pin']);
    await ask(engine, 'settings.update', {
      feed: {
        source: 'pigeon',
        options: { pigeon: { offers: false, requestsPerMinute: 30 } },
        lists: { pigeon: { instruments: ['PIGEON:PEAS', 'PIGEON:DODO'] } },
      },
    });
    await until(clock, () => exchange.subscribed().join() === 'PEAS');
    expect(exchange.tellsOffers(), 'the option reaches the venue').toBe(false);
    const { instruments, settings } = await snapshotOf(engine);
    expect(
      instruments.map(({ key }) => key),
      'a bird that died out is left out',
    ).toEqual(['PIGEON:PEAS']);
    expect(settings.feed.options['pigeon']).toEqual({ offers: false, requestsPerMinute: 30 });
    await until(clock, async () => (await shown())?.fieldsSet.includes('token') === true);
    expect(readFileSync(join(dir, 'vault.json'), 'utf8')).toContain('pgn.');
  });

  it.each([
    [{ requestsPerMinute: 0 }, 'Pigeon Exchange, Requests a minute: this takes a number from 1 to 1000.'],
    [{ offers: 'yes' }, 'Pigeon Exchange, Bid and ask: this is either on or off.'],
    [{ coos: true }, 'Pigeon Exchange has no option named coos.'],
  ])('refuse %j', async (options, sentence) => {
    const { engine } = await settingsOf();
    const asked = ask(engine, 'settings.update', { feed: { options: { pigeon: options } } });
    await expect(asked).rejects.toThrow(sentence);
  });
});
