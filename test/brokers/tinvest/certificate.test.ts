import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EpochMs } from '../../../src/core/brand.ts';
import { readCaFile } from '../../../src/main/brokers/tinvest/ca-file.ts';
import { openTinvest } from '../../../src/main/brokers/tinvest/session.ts';
import { createHttp } from '../../../src/main/brokers/transport/http.ts';
import { hasOpenssl, makePrivateRoot } from '../../fakes/tinvest-certificates.ts';
import { FAKE_INSTRUMENTS, SBER } from '../../fakes/tinvest-frames.ts';
import { startTinvestVenue } from '../../fakes/tinvest-venue.ts';
import { eventually } from '../../support/eventually.ts';
import { FeedNotes } from '../../support/feed-notes.ts';
import { QuietLogger } from '../../support/quiet-logger.ts';
import { realClock } from '../../support/real-clock.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { contextFor } from './open-context.ts';

const never = new AbortController().signal;
const now = (): EpochMs => Date.now() as EpochMs;

async function secureVenue() {
  const folder = tempFolder();
  const { caFile, key, cert } = makePrivateRoot(folder);
  const venue = await startTinvestVenue({ tls: { key, cert }, rules: { pingScale: 200 } });
  onTestFinished(() => venue.close());
  return { venue, caFile, folder };
}

/** Runs the session's feed until the test ends. */
function run(session: Awaited<ReturnType<typeof openTinvest>>): FeedNotes {
  const notes = new FeedNotes();
  const stop = new AbortController();
  session.feed.watch(new Set(session.instruments.map(({ key }) => key)));
  const ran = session.feed.run(notes, stop.signal);
  onTestFinished(async () => {
    stop.abort();
    await ran;
  });
  return notes;
}

describe.skipIf(!hasOpenssl)('a server behind a private root (needs openssl)', () => {
  it('is trusted with the CA file, by calls and by the stream', async () => {
    const { venue, caFile } = await secureVenue();
    const context = contextFor(venue, FAKE_INSTRUMENTS, { options: { caFile } });
    const session = await openTinvest(context, { jitter: () => 0 });
    const notes = run(session);
    await eventually(() => notes.last?.state).toBe('live');
    venue.trade({ uid: SBER.uid, price: 250.01, quantity: 1, time: Date.now() });
    await eventually(() => notes.tickCount).toBe(1);
    const { fingerprint256 } = new X509Certificate(readFileSync(caFile));
    const told = context.logger.lines.find((line) => line.includes('authority'));
    expect(told).toContain(fingerprint256);
    expect(told).toContain('CN=Test Root CA');
    expect(told).toMatch(/validFrom.*GMT.*validTo.*GMT/);
  });

  it('is refused without the file, with words that say what to do and no second try', async () => {
    const { venue } = await secureVenue();
    const failed = openTinvest(contextFor(venue, FAKE_INSTRUMENTS));
    await expect(failed).rejects.toMatchObject({ code: 'forbidden', retryable: false });
    await expect(failed).rejects.toThrow(/Russian Trusted Root CA.*CA file/);
    expect(venue.calls).toEqual([]);
  });

  it('is refused with the file of another root', async () => {
    const { venue } = await secureVenue();
    const { caFile } = makePrivateRoot(tempFolder(), 'Another Root CA');
    const failed = openTinvest(contextFor(venue, FAKE_INSTRUMENTS, { options: { caFile } }));
    await expect(failed).rejects.toThrow(/does not come from the authority in the CA file/);
  });

  it('ends a stream that is not trusted, without a storm', async () => {
    const { venue } = await secureVenue();
    const plain = await startTinvestVenue();
    onTestFinished(() => plain.close());
    const context = contextFor(plain, FAKE_INSTRUMENTS, { endpoints: { api: plain.apiUrl, ws: venue.wsUrl } });
    const notes = run(await openTinvest(context, { jitter: () => 0 }));
    await eventually(() => notes.last?.state).toBe('stopped');
    expect(notes.last).toMatchObject({ reason: 'failed', message: expect.stringContaining('Russian Trusted Root CA') });
    expect(notes.story).toBe('connecting stopped');
  });

  it('stays unknown to every other venue', async () => {
    const { venue, caFile } = await secureVenue();
    await openTinvest(contextFor(venue, FAKE_INSTRUMENTS, { options: { caFile } }));
    const other = createHttp({ venue: 'Another venue', clock: realClock });
    await expect(other({ method: 'GET', url: venue.apiUrl }, never)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe.skipIf(!hasOpenssl)('the CA file (needs openssl)', () => {
  const read = (path: string, at = now()) => readCaFile(path, at, new QuietLogger());

  it('may hold several authorities', async () => {
    const [one, two] = [makePrivateRoot(tempFolder(), 'One'), makePrivateRoot(tempFolder(), 'Two')];
    const path = join(tempFolder(), 'both.pem');
    writeFileSync(path, `# first\n${readFileSync(one.caFile, 'utf8')}\n# second\n${readFileSync(two.caFile, 'utf8')}`);
    expect((await read(path)).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('CN=One'),
      expect.stringContaining('CN=Two'),
    ]);
  });

  it('must be an authority’s, and valid today', async () => {
    const folder = tempFolder();
    const { caFile, cert } = makePrivateRoot(folder);
    const server = join(folder, 'only-a-server.pem');
    writeFileSync(server, cert);
    await expect(read(server)).rejects.toThrow(/no authority's/);
    await expect(read(caFile, (now() + 60 * 86_400_000) as EpochMs)).rejects.toThrow(/is valid from .* to .*, not now/);
  });
});

describe('a CA file that is none', () => {
  const read = (path: string) => readCaFile(path, now(), new QuietLogger());

  it('is refused with what to do', async () => {
    const folder = tempFolder();
    const [text, broken] = [join(folder, 'text.pem'), join(folder, 'broken.pem')];
    writeFileSync(text, 'hello');
    writeFileSync(broken, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    await expect(read(join(folder, 'nowhere.pem'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(read(folder)).rejects.toThrow(/cannot be read \(EISDIR\)/);
    await expect(read(text)).rejects.toThrow(/no certificate in PEM form/);
    await expect(read(broken)).rejects.toThrow(/damaged/);
  });
});
