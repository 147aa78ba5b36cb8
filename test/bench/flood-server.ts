/**
 * The other end of a flood, in a process of its own: tells its port, and sends what it is asked for. `burst N` is N
 * messages at once; `pour R` is R a second until `enough`, as far as the client keeps up with them.
 *
 * Frames are put together once, so that sending costs next to nothing.
 */
import type { Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { floodMessage, MESSAGES } from './flood-messages.ts';

/** RFC 6455, 5.2: final text frame, not masked, length in two bytes. */
const frames = Array.from({ length: MESSAGES }, (_, place) => {
  const payload = Buffer.from(floodMessage(place));
  const head = Buffer.from([0x81, 126, 0, 0]);
  head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
});
const STEP_MS = 5;
/** What the client has not taken yet: beyond this nothing more is poured. */
const MOST_WAITING_BYTES = 1 << 20;

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 }, () => {
  const address = server.address();
  process.send?.(typeof address === 'object' ? address?.port : undefined);
});
server.on('connection', (client, { socket }) => {
  let next = 0;
  let timer: NodeJS.Timeout | undefined;
  const take = (count: number): Buffer => {
    const from = next;
    next = (from + count) % MESSAGES;
    const chosen = Array.from({ length: count }, (_, place) => frames[(from + place) % MESSAGES] ?? Buffer.alloc(0));
    return Buffer.concat(chosen);
  };
  client.on('message', (data) => {
    const [what = '', number = ''] = String(data).split(' ');
    if (what === 'burst') socket.write(take(Number(number)));
    if (what === 'pour') timer = pour(socket, Number(number), take);
    if (what === 'enough') clearInterval(timer);
  });
  client.on('error', () => undefined);
  client.on('close', () => clearInterval(timer));
});
process.on('disconnect', () => process.exit());

function pour(socket: Socket, perSecond: number, take: (count: number) => Buffer): NodeJS.Timeout {
  const begin = performance.now();
  let sent = 0;
  return setInterval(() => {
    const due = Math.floor(((performance.now() - begin) * perSecond) / 1_000) - sent;
    sent += due;
    if (socket.writableLength < MOST_WAITING_BYTES) socket.write(take(due));
  }, STEP_MS);
}
