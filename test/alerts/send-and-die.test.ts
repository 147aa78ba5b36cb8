import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../src/main/store/open-store.ts';
import { type Receiver, says, webhookReceiver } from '../fakes/webhook-receiver.ts';
import { tempFolder } from '../support/temp-folder.ts';

const DELIVER = join(import.meta.dirname, 'children', 'deliver.ts');
const SECRET = 'a secret of the receiver';

function deliver(path: string, { url }: Receiver, ...more: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [DELIVER, path, url, SECRET, ...more], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

const idsOf = ({ received }: Receiver) => received.map(({ headers }) => String(headers['tickscope-id']));
const symbolsOf = ({ received }: Receiver) =>
  received.map(({ body }) => {
    const alerts: readonly { instrument: string }[] = JSON.parse(body).alerts;
    return alerts.map(({ instrument }) => instrument.slice(4)).join(' ');
  });

describe('a program that is killed between sending a message and writing that down', () => {
  it.each([
    ['the first message', 1, ['A', 'A']],
    ['a digest', 3, ['A', 'B', 'C D E F', 'C D E F']],
  ])(
    'sends it again with the same id, and no other: %s',
    async (_case, fatal, first) => {
      const path = join(tempFolder(), 'tickscope.sqlite');
      const receiver = await webhookReceiver();
      const killed = deliver(path, receiver, 'raise');
      // It has the message; of its answer nobody hears any more.
      receiver.answers((response, received) => {
        if (receiver.received.length === fatal) killed.kill('SIGKILL');
        else says(204)(response, received);
      });
      await once(killed, 'close');
      expect(receiver.received).toHaveLength(fatal);

      receiver.answers(says(204));
      const second = deliver(path, receiver);
      await once(second.stdout ?? second, 'data');
      second.kill('SIGKILL');
      await once(second, 'close');
      expect(symbolsOf(receiver).slice(0, first.length)).toEqual(first);
      expect(symbolsOf(receiver).join(' ').split(' ').sort().join(''), 'each arrived').toMatch(/^A+B+C+D+E+F+$/);
      const ids = idsOf(receiver);
      expect(ids[fatal], 'one idempotency id').toBe(ids[fatal - 1]);
      expect(new Set(ids).size, 'and only that one twice').toBe(ids.length - 1);

      const store = openStore(path);
      expect(store.deliveries('webhook', 99)).toEqual([]);
      expect(store.brokenLink()).toBeUndefined();
      const links = store.toldAlerts().flatMap(({ alert }) => store.evidence(alert.id));
      expect(links.filter(({ content }) => content.kind === 'delivery')).toHaveLength(6);
      store.close();
    },
    60_000,
  );
});
