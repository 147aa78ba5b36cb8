import { describe, expect, it, onTestFinished } from 'vitest';
import { settingsSchema } from '../../src/contract/settings.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { AppError } from '../../src/core/errors.ts';
import { createTelegram } from '../../src/main/alerts/telegram.ts';
import { createWebhook } from '../../src/main/alerts/webhook.ts';
import { DeliveryDesk } from '../../src/main/engine/delivery-desk.ts';
import { Publisher } from '../../src/main/engine/publisher.ts';
import { TroubleDesk } from '../../src/main/engine/trouble-desk.ts';
import { createFileVault } from '../../src/main/platform/file-vault.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { CHAT, refuses, TOKEN, telegramServer } from '../fakes/telegram-server.ts';
import { type Answer, cuts, hangs, says, webhookReceiver } from '../fakes/webhook-receiver.ts';
import { QuietLogger } from '../support/quiet-logger.ts';
import { fastClock } from '../support/real-clock.ts';
import { sampleWrite } from '../support/sample-passport.ts';
import { tempFolder } from '../support/temp-folder.ts';

const SECRET = 'tHe-sEcReT-0f-the-receiver';
const KEY = 'k3y-in-the-address';

/** Both remote channels with their vault, and everything that anybody hears of them, unredacted. */
async function overheard(answer: Answer) {
  const wall = fastClock(100);
  const [receiver, telegram] = [await webhookReceiver(answer), await telegramServer(answer)];
  const hidden: string[] = [];
  const path = `${tempFolder()}/vault.json`;
  const vault = createFileVault(path, {
    clock: wall,
    env: {},
    hide: (value) => hidden.push(value),
    warn: () => undefined,
  });
  const logger = new QuietLogger();
  const publisher = new Publisher(wall);
  const told: unknown[] = [];
  publisher.subscribe((batch) => told.push(batch));
  const troubles = new TroubleDesk(wall, logger, publisher);
  const store = openStore(':memory:');
  const settings = settingsSchema.parse({});
  const desk = new DeliveryDesk({
    store,
    channels: [
      createWebhook({ clock: wall, credentials: () => vault.read('channel-webhook') }),
      createTelegram({ clock: wall, credentials: () => vault.read('channel-telegram'), url: telegram.url }),
    ],
    vault,
    wall,
    publisher,
    world: 'market',
    settings: () => settings,
    ruleNames: () => ({}),
    onTrouble(error) {
      told.push(error.message, error.context, String(error.stack), String(error.cause));
      troubles.tell(error);
    },
  });
  onTestFinished(() => desk.stop());
  const keep = async (work: () => unknown): Promise<void> => {
    try {
      told.push(await work());
    } catch (thrown) {
      const error = AppError.from(thrown);
      told.push(error.message, error.context, String(error.stack), String(error.cause));
    }
  };
  return { receiver, hidden, logger, told, store, desk, keep };
}

describe('what is in the vault', () => {
  it.each<[string, Answer]>([
    ['refuses', says(403, `Who is ${KEY}?`)],
    ['sends on', says(301, '', { location: `https://x.example/${KEY}` })],
    ['is not there', says(404)],
    ['fails', says(500)],
    ['cuts', cuts],
    ['hangs', hangs],
    ['quotes what it got', refuses(400, `Bad Request: ${TOKEN} ${CHAT} ${SECRET} ${KEY}`)],
  ])('is in no log, error, event or state when the server %s', async (_case, answer) => {
    const { receiver, hidden, logger, told, store, desk, keep } = await overheard(answer);
    const address = `${receiver.url}/${KEY}`;
    await keep(() => desk.save('webhook', { address, secret: SECRET }));
    await keep(() => desk.save('telegram', { token: TOKEN, chatId: CHAT }));
    await keep(() => desk.save('webhook', { address: `http://x.example/${KEY}`, [SECRET]: SECRET }));
    await keep(() => desk.save('webhook', { address: `http://x.example/${KEY}` }));
    await keep(() => desk.save('telegram', { token: `${TOKEN} ${SECRET}` }));
    for (const channel of ['webhook', 'telegram'] as const) await keep(() => desk.test(channel));
    store.raise(sampleWrite({}, { raisedAt: Date.now() as EpochMs }, ['webhook', 'telegram']));
    desk.wake();
    await expect.poll(() => logger.lines.length, { timeout: 20_000 }).toBeGreaterThan(0);
    await keep(() => desk.states());
    const all = `${JSON.stringify(told)}${logger.lines.join('\n')}`;
    expect(all).toContain('"fieldsSet":["token","chatId"]');
    for (const value of [SECRET, KEY, TOKEN, TOKEN.slice(10), CHAT, address]) expect(all).not.toContain(value);
    for (const value of [SECRET, address, TOKEN, CHAT]) expect(hidden, 'the log would hide it too').toContain(value);
  });
});
