import { strict as assert } from 'node:assert';
import { measureFlood } from './flood.ts';
import { byTickscope, byWs, type Connect, parse, startFlood } from './flood-clients.ts';
import { floodMessage } from './flood-messages.ts';
import type { Entry, Part } from './part.ts';

/** As many as may wait to be read: of so many none is ever dropped. */
const BURST = 1_000;

/** A connection that asks for a burst, and has it when all of it was read. */
async function bursts(connect: Connect, read: (message: string) => void) {
  const flood = await startFlood();
  let left = 0;
  let finish = (): void => undefined;
  const client = await connect(flood.port, (message) => {
    read(message);
    left -= 1;
    if (left === 0) finish();
  });
  return {
    burst: () =>
      new Promise<void>((resolve) => {
        left = BURST;
        finish = resolve;
        client.say(`burst ${BURST}`);
      }),
    async close() {
      await client.close();
      flood.close();
    },
  };
}

async function checkAgreement(): Promise<void> {
  for (const connect of [byTickscope, byWs]) {
    const heard: string[] = [];
    const { burst, close } = await bursts(connect, (message) => heard.push(message));
    await burst();
    await burst();
    await close();
    assert.deepEqual(
      heard,
      Array.from({ length: 2 * BURST }, (_, place) => floodMessage(place)),
    );
  }
}

function receiving(name: string, connect: Connect, read: (message: string) => unknown): Entry {
  const prepare: Entry['prepare'] = async () => {
    let last: unknown;
    const { burst, close } = await bursts(connect, (message) => {
      last = read(message);
    });
    return {
      operations: BURST,
      async run() {
        await burst();
        return last;
      },
      finish: close,
    };
  };
  return { name, prepare };
}

export const transport: Part = {
  name: 'transport',
  check: checkAgreement,
  jobs: [
    {
      title: 'messages over loopback, read by the same parser',
      unit: 'messages',
      entries: [
        receiving('tickscope, supervised', byTickscope, parse),
        receiving('ws 8, nothing watched', byWs, parse),
      ],
      reference: 'by processor time 0.9x of ws alone, 0.84x when the clock was asked six times a message',
    },
    {
      title: 'messages over loopback, not parsed at all',
      unit: 'messages',
      entries: [
        receiving('tickscope, supervised', byTickscope, (message) => message),
        receiving('ws 8, nothing watched', byWs, (message) => message),
      ],
      reference: 'by processor time 0.6x of ws alone: 0.25 µs a message for meter, silence watch and intake',
    },
  ],
  measured: { title: 'transport: 200,000 messages a second', take: measureFlood },
};
