import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ruleSchema } from '../../src/contract/rules.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { RuleBook } from '../../src/main/engine/rule-book.ts';
import { prepareDataDir } from '../../src/main/platform/paths.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { CHAT, TOKEN, telegramServer } from '../fakes/telegram-server.ts';
import { type Receiver, says, webhookReceiver } from '../fakes/webhook-receiver.ts';
import { eventually } from '../support/eventually.ts';
import { startApp } from '../support/start-app.ts';
import { tempFolder } from '../support/temp-folder.ts';

const SECRET = 'tHe-sEcReT-0f-the-receiver';

/** A data folder whose only rule that looks fires all the time on a few stocks, and tells by webhook and Telegram. */
function busyFolder(): string {
  const dataDir = tempFolder();
  mkdirSync(dataDir, { recursive: true });
  const store = openStore(prepareDataDir(dataDir).store);
  const rule = ruleSchema.parse({
    id: 'busy',
    name: 'Busy',
    enabled: true,
    timeframe: '1m',
    buy: 'close > open',
    universe: { kind: 'list', instruments: ['NSE:RELIANCE', 'NSE:INFY', 'NSE:TCS', 'NSE:ITC'] },
    channels: { desktop: false, webhook: true, telegram: true },
  });
  const settings = settingsSchema.parse({ rule: { enabled: false }, alerts: { digestAbove: 100 } });
  new RuleBook(store, () => settings.rule).save(rule);
  store.writeDocument('settings', settings);
  store.close();
  return dataDir;
}

interface Told {
  readonly kind: string;
  readonly world: string;
  readonly title: string;
  readonly alerts: readonly { readonly id: string; readonly instrument: string }[];
}
const toldBy = ({ received }: Receiver): readonly Told[] => received.map(({ body }) => JSON.parse(body));
const alertsOf = (told: readonly Told[]) => told.flatMap(({ alerts }) => alerts.map(({ id }) => id));

/** Every file of the folder, as text. */
function textsOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return files.map((file) => (statSync(file).isFile() ? readFileSync(file, 'latin1') : '')).join('\n');
}

describe('alerts on their way out of the machine', () => {
  it('arrive, outlive a kill, and leave no secret behind', async () => {
    const [webhook, telegram] = [await webhookReceiver(), await telegramServer()];
    const dataDir = busyFolder();
    const address = `${webhook.url}/hook/k3y-in-the-address`;
    const env = {
      TICKSCOPE_CHANNEL_WEBHOOK_ADDRESS: address,
      TICKSCOPE_CHANNEL_WEBHOOK_SECRET: SECRET,
      TICKSCOPE_CHANNEL_TELEGRAM_TOKEN: TOKEN,
      TICKSCOPE_CHANNEL_TELEGRAM_CHAT_ID: CHAT,
      TICKSCOPE_TELEGRAM_URL: telegram.url,
    };
    const start = async () => {
      const app = await startApp({ dataDir, feed: 'simulator', speed: 60, env });
      onTestFinished(() => void app.process.kill('SIGKILL'));
      return app;
    };
    const first = await start();
    await eventually(() => webhook.received.length).toBeGreaterThan(2);
    await eventually(() => telegram.received.length).toBeGreaterThan(2);
    expect(toldBy(webhook)[0]).toMatchObject({ kind: 'alert', world: 'simulated' });
    expect(toldBy(webhook)[0]?.title).toMatch(/^Simulated: BUY /);
    expect(JSON.parse(telegram.received[0]?.body ?? '')).toMatchObject({ chat_id: CHAT });

    // From here on nobody is told that a message arrived.
    webhook.answers((response) => response.destroy());
    const before = webhook.received.length;
    await eventually(() => webhook.received.length).toBeGreaterThan(before);
    first.process.kill('SIGKILL');
    await once(first.process, 'exit');
    const cut = webhook.received[before]?.headers['tickscope-id'];

    webhook.answers(says(204));
    const second = await start();
    const again = (): number => webhook.received.filter(({ headers }) => headers['tickscope-id'] === cut).length;
    await eventually(again, 'the message that was cut off').toBeGreaterThan(1);
    expect(await second.stop()).toBe(0);

    const stored = openStore(simulatedStore(dataDir));
    const owed = new Set(stored.deliveries('webhook', 500).map(({ alert }) => alert.id));
    const arrived = new Set(alertsOf(toldBy(webhook)));
    const raised = stored.toldAlerts().filter(({ alert }) => !alert.late);
    expect(raised.length).toBeGreaterThan(3);
    for (const { alert } of raised)
      expect(owed.has(alert.id) || arrived.has(alert.id), `${alert.id} arrived or is still owed`).toBe(true);
    expect(stored.brokenLink()).toBeUndefined();
    stored.close();

    const everything = `${textsOf(dataDir)}${first.talk()}${second.talk()}`;
    for (const secret of [SECRET, 'k3y-in-the-address', TOKEN, TOKEN.slice(10)])
      expect(everything).not.toContain(secret);
  }, 120_000);
});

function simulatedStore(dataDir: string): string {
  const name = readdirSync(dataDir).find((each) => /^simulated.*\.sqlite$/.test(each));
  return join(dataDir, name ?? expect.unreachable('the simulator has no store'));
}
