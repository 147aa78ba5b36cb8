import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { Message } from '../../src/main/alerts/alert-text.ts';
import { createDesktop, type ShowMessage, systemMessages } from '../../src/main/alerts/desktop.ts';
import { explainTrouble } from '../../src/main/alerts/desktop-trouble.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { sampleMessage } from './sample-message.ts';

const { notify } = vi.hoisted(() => ({ notify: vi.fn() }));
vi.mock('node-notifier', () => ({ default: { notify } }));

const never = new AbortController().signal;

/** A desktop that shows when told to, with everything it was given. */
function desktopOf(show?: ShowMessage) {
  const clock = new FakeClock();
  const shown: Message[] = [];
  const pending: ((error: Error | undefined) => void)[] = [];
  const desktop = createDesktop({
    clock,
    show:
      show ??
      ((message, done) => {
        shown.push(message);
        pending.push(done);
      }),
  });
  return { desktop, clock, shown, pending };
}

describe('desktop notifications', () => {
  it('have got through once they were handed over', async () => {
    const { desktop, shown, pending } = desktopOf();
    let isDone = false;
    const sent = desktop.send(sampleMessage(), never).then(() => {
      isDone = true;
    });
    await setImmediate();
    expect(shown.map(({ title }) => title)).toEqual(['BUY RELIANCE · 5m']);
    expect(isDone).toBe(false);
    pending.shift()?.(undefined);
    await sent;
    expect(isDone).toBe(true);
  });

  it('leave room between two messages', async () => {
    const { desktop, shown, clock } = desktopOf((message, done) => {
      shown.push(message);
      done(undefined);
    });
    await desktop.send(sampleMessage(), never);
    const second = desktop.send(sampleMessage({ isTest: true }), never);
    clock.advance(499);
    await setImmediate();
    expect(shown).toHaveLength(1);
    clock.advance(1);
    await second;
    expect(shown.map(({ title }) => title)).toEqual(['BUY RELIANCE · 5m', 'Test: BUY RELIANCE · 5m']);
  });

  it('that could not be shown are given up, with a sentence that says what to do', async () => {
    const { desktop, pending } = desktopOf();
    const sent = desktop.send(sampleMessage(), never);
    pending.shift()?.(new Error('not found: notify-send'));
    await expect(sent).rejects.toMatchObject({
      retryable: false,
      message: expect.stringContaining('Install libnotify-bin'),
    });
  });

  it('do not wait for ever, nor for a late answer', async () => {
    const { desktop, pending, clock } = desktopOf();
    const sent = desktop.send(sampleMessage(), never);
    clock.advance(10_000);
    await expect(sent).rejects.toThrow('the notification service does not answer');
    pending.shift()?.(undefined);
    const next = desktop.send(sampleMessage(), never);
    clock.advance(500);
    await setImmediate();
    pending.shift()?.(undefined);
    await expect(next).resolves.toBeUndefined();
  });

  it('that the system cannot even begin are trouble as any other', async () => {
    const { desktop } = desktopOf(() => {
      throw new Error('spawn EAGAIN');
    });
    await expect(desktop.send(sampleMessage(), never)).rejects.toThrow('spawn EAGAIN');
  });

  it('are not shown once Tickscope ends', async () => {
    const { desktop, shown, clock } = desktopOf((message, done) => {
      shown.push(message);
      done(undefined);
    });
    await desktop.send(sampleMessage(), never);
    const stop = new AbortController();
    const sent = desktop.send(sampleMessage(), stop.signal);
    stop.abort();
    await expect(sent).rejects.toThrow();
    clock.advance(1_000);
    expect(shown).toHaveLength(1);
  });
});

describe('a message on its way to the system', () => {
  const given = (message: Message, platform: NodeJS.Platform) => {
    notify.mockReset();
    systemMessages('/icons/app.png', 'app.id', platform)(message, () => undefined);
    return notify.mock.calls[0]?.[0];
  };

  it('is safe from markup and from option parsing on Linux', () => {
    expect(given({ title: '-2.5% M&M', body: '-1 <b>M&M</b>' }, 'linux')).toEqual({
      title: '−2.5% M&M',
      message: '−1 &lt;b>M&amp;M&lt;/b>',
      icon: '/icons/app.png',
      wait: false,
      timeout: 15,
      'app-name': 'Tickscope',
    });
  });

  it('stays as it is where there is no markup', () => {
    expect(given({ title: 'M&M', body: 'M&M < 5' }, 'darwin')).toMatchObject({ message: 'M&M < 5' });
    expect(given({ title: 'M&M', body: 'M&M < 5' }, 'win32')).toMatchObject({ message: 'M&M < 5', appID: 'app.id' });
  });

  it.each([
    ['an error', new Error('no'), new Error('no')],
    ['a warning on stderr of a program that succeeded', 'Gtk-WARNING', undefined],
    ['nothing', null, undefined],
  ])('answers with the error only: %s', (_case, answer, expected) => {
    notify.mockReset();
    notify.mockImplementation((_message, callback) => callback(answer, ''));
    const done = vi.fn();
    systemMessages('/icons/app.png')({ title: 't', body: 'b' }, done);
    expect(done.mock.calls).toEqual([[expected]]);
  });
});

describe('trouble with the desktop', () => {
  it.each([
    ['not found: notify-send', 'no-program'],
    ['Command failed: notify-send "x"\nCannot autolaunch D-Bus without X11 $DISPLAY', 'no-bus'],
    [
      'GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: The name org.freedesktop.Notifications was not provided by any .service files',
      'no-service',
    ],
    ['Command failed: notify-send "BUY secret"', 'other'],
  ])('is told apart: %s', (message, kind) => {
    const trouble = explainTrouble(new Error(message));
    expect(trouble.kind).toBe(kind);
    expect(trouble.sentence).not.toContain('BUY');
  });
});
