import { type WebSocket, WebSocketServer } from 'ws';

export interface FakeOrderSocket {
  readonly server: WebSocketServer;
  readonly clients: number;
  /** Every text a client sent, pings too. */
  readonly heard: readonly string[];
  /** Tells every subscriber of an order, as the venue writes it. */
  order(order: Readonly<Record<string, unknown>>): Promise<void>;
  send(text: string): Promise<void>;
}

/** The order socket of the fake venue: text, pings answered, orders to whoever subscribed. */
export function createOrderSocket(): FakeOrderSocket {
  const server = new WebSocketServer({ noServer: true });
  const subscribed = new Set<WebSocket>();
  const heard: string[] = [];
  const deliver = (socket: WebSocket, text: string): Promise<void> =>
    new Promise((resolve) => socket.send(text, () => resolve()));
  const toAll = async (text: string): Promise<void> => {
    await Promise.all([...subscribed].map((socket) => deliver(socket, text)));
  };

  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('close', () => subscribed.delete(socket));
    socket.on('message', (data) => {
      const text = String(data);
      heard.push(text);
      if (text === 'ping') {
        void deliver(socket, 'pong');
        return;
      }
      const { T, SLIST, SUB_T } = JSON.parse(text) as { T: string; SLIST: readonly string[]; SUB_T: number };
      const isOrders = T === 'SUB_ORD' && SLIST.includes('orders');
      if (isOrders && SUB_T === 1) subscribed.add(socket);
      if (isOrders && SUB_T === -1) subscribed.delete(socket);
      const message = SUB_T === 1 ? 'Successfully subscribed' : 'Successfully unsubscribed';
      void deliver(socket, JSON.stringify({ code: 1605, message, s: 'ok' }));
    });
  });
  return {
    server,
    get clients() {
      return subscribed.size;
    },
    heard,
    order: (order) => toAll(JSON.stringify({ s: 'ok', orders: order })),
    send: toAll,
  };
}
