import type { WebContents } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { serveIpc } from '../../../src/main/shells/electron/serve-ipc.ts';
import { fakeEngine } from '../../support/fake-engine.ts';

type Handler = (event: unknown, name: unknown, input: unknown) => Promise<unknown>;

const { handlers } = vi.hoisted(() => ({ handlers: new Map<string, Handler>() }));
vi.mock('electron', () => ({
  ipcMain: {
    handle: (channel: string, handler: Handler) => handlers.set(channel, handler),
    removeHandler: (channel: string) => handlers.delete(channel),
  },
  protocol: {},
}));

const sent: unknown[][] = [];
let destroyed = false;
const page = { id: 1, isDestroyed: () => destroyed, send: (...message: unknown[]) => sent.push(message) };
const top = { parent: null, origin: 'app://tickscope' };

beforeEach(() => {
  handlers.clear();
  sent.length = 0;
  destroyed = false;
});

/** The door on a fake engine. */
function open() {
  const engine = fakeEngine();
  // Of a page, the door uses these three members.
  const close = serveIpc(engine, page as unknown as WebContents);
  const ask = (event: unknown) => handlers.get('engine:invoke')?.(event, 'app.snapshot', null);
  return { engine, close, ask };
}

describe('the IPC door', () => {
  it('answers the page in its own window', async () => {
    const { ask } = open();
    expect(await ask({ sender: { id: 1 }, senderFrame: top })).toMatchObject({ ok: true });
  });

  it.each([
    ['another window', { sender: { id: 2 }, senderFrame: top }],
    ['a frame inside the page', { sender: { id: 1 }, senderFrame: { parent: top, origin: top.origin } }],
    ['a page from elsewhere', { sender: { id: 1 }, senderFrame: { parent: null, origin: 'https://evil.example' } }],
    ['a file', { sender: { id: 1 }, senderFrame: { parent: null, origin: 'file://' } }],
    ['a frame that has gone', { sender: { id: 1 }, senderFrame: null }],
  ])('refuses %s before the engine hears of it', async (_case, event) => {
    const { engine, ask } = open();
    expect(await ask(event)).toMatchObject({ ok: false, code: 'forbidden' });
    expect(engine.asked).toEqual([]);
  });

  it('passes batches on while the page is there, and lets go at the end', () => {
    const { engine, close } = open();
    engine.tell({ type: 'reset' });
    expect(sent).toEqual([['engine:batch', { seq: 1, events: [{ type: 'reset' }] }]]);
    destroyed = true;
    engine.tell({ type: 'reset' });
    expect(sent).toHaveLength(1);
    close();
    expect(engine.subscribers).toBe(0);
    expect(handlers.size).toBe(0);
  });
});
