import { expect, it } from 'vitest';
import { settingsSchema } from '../../src/contract/settings.ts';
import { simulator } from '../../src/main/brokers/simulator/index.ts';
import { openVenue, openVenueDesk } from '../../src/main/cli/venue-desk.ts';
import { capturedIo } from '../support/cli-io.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';

it('a venue that is slow to open is told of once, and stopping ends the wait', async () => {
  const clock = new FakeClock(Date.parse('2026-11-20T12:00:00+05:30'));
  const folder = tempFolder();
  const io = capturedIo(folder, {});
  const desk = { ...openVenueDesk({ data: folder }, io), clock, settings: settingsSchema.parse({}) };
  const broker = { ...simulator, open: () => new Promise<never>(() => undefined) };
  const stop = new AbortController();
  const opening = openVenue({ broker, instruments: [], cacheDir: folder }, desk, stop.signal);
  clock.advance(4_999);
  expect(io.said()).toBe('');
  clock.advance(60_000);
  expect(io.said().match(/is slow to answer/g)).toHaveLength(1);
  stop.abort(new Error('Stopped.'));
  await expect(opening).rejects.toThrow('Stopped.');
});
