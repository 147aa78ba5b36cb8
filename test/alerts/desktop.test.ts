import { describe, expect, it, vi } from 'vitest';
import type { InstrumentKey } from '../../src/core/brand.ts';
import type { Message } from '../../src/main/alerts/alert-text.ts';
import { createDesktopNotifier, type ShowMessage, systemMessages } from '../../src/main/alerts/desktop.ts';
import { explainTrouble } from '../../src/main/alerts/desktop-trouble.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { sampleAlert } from '../support/sample-alert.ts';

const { notify } = vi.hoisted(() => ({ notify: vi.fn() }));
vi.mock('node-notifier', () => ({ default: { notify } }));

const named = (symbol: string) => sampleAlert({ instrument: `NSE:${symbol}` as InstrumentKey });

/** A desktop that shows when told to, with everything it was given. */
function desktop(show?: ShowMessage) {
  const clock = new FakeClock();
  const warnings: string[] = [];
  const troubles: string[] = [];
  const shown: Message[] = [];
  const pending: ((error: Error | undefined) => void)[] = [];
  const notifier = createDesktopNotifier({
    clock,
    logger: { info: () => undefined, warn: (message) => warnings.push(message), error: () => undefined },
    show:
      show ??
      ((message, done) => {
        shown.push(message);
        pending.push(done);
      }),
    onTrouble: (sentence) => troubles.push(sentence),
  });
  const finish = (error?: Error): void => {
    pending.shift()?.(error);
    clock.advance(1_000);
  };
  return { notifier, clock, warnings, troubles, shown, pending, finish, titles: () => shown.map(({ title }) => title) };
}

describe('desktop notifications', () => {
  it('go out at once, then one after another', () => {
    const { notifier, titles, finish } = desktop();
    for (const symbol of ['INFY', 'TCS', 'ITC']) notifier.notify(named(symbol));
    expect(titles()).toEqual(['BUY INFY · 5m']);
    finish();
    finish();
    expect(titles()).toEqual(['BUY INFY · 5m', 'BUY TCS · 5m', 'BUY ITC · 5m']);
    finish();
    notifier.notify(named('LT'));
    expect(titles().at(-1), 'the queue starts again after it ran dry').toBe('BUY LT · 5m');
  });

  it('come as one summary in a burst', () => {
    const { notifier, shown, finish } = desktop();
    for (const symbol of ['INFY', 'TCS', 'ITC', 'LT', 'SBIN', 'TITAN']) notifier.notify(named(symbol));
    finish();
    finish();
    expect(shown.map(({ title }) => title)).toEqual(['BUY INFY · 5m', '5 signals']);
    expect(shown[1]?.body).toBe('BUY TCS, BUY ITC, BUY LT, BUY SBIN, BUY TITAN');
  });

  it('leave room between two messages', () => {
    const { notifier, titles, pending, clock } = desktop();
    notifier.notify(named('INFY'));
    notifier.notify(named('TCS'));
    pending.shift()?.(undefined);
    expect(titles()).toHaveLength(1);
    clock.advance(500);
    expect(titles()).toHaveLength(2);
  });

  it('report each kind of trouble once and go on', () => {
    const { notifier, titles, warnings, troubles, finish } = desktop();
    for (const symbol of ['INFY', 'TCS', 'ITC', 'LT']) notifier.notify(named(symbol));
    finish(new Error('not found: notify-send'));
    finish(new Error('notify-send must be installed on the system.'));
    finish(new Error('Command failed: notify-send "BUY"\nCannot autolaunch D-Bus without X11 $DISPLAY'));
    finish();
    expect(titles()).toHaveLength(4);
    expect(warnings).toEqual(troubles);
    expect(troubles).toEqual([expect.stringContaining('libnotify-bin'), expect.stringContaining('D-Bus session')]);
  });

  it('do not wait for ever, nor count a late answer twice', () => {
    const { notifier, titles, pending, clock, troubles } = desktop();
    notifier.notify(named('INFY'));
    notifier.notify(named('TCS'));
    notifier.notify(named('ITC'));
    clock.advance(10_500);
    expect(titles()).toEqual(['BUY INFY · 5m', 'BUY TCS · 5m']);
    expect(troubles).toHaveLength(1);
    pending[0]?.(undefined);
    clock.advance(1_000);
    expect(titles(), 'TCS is still being shown').toHaveLength(2);
  });

  it('never throw into the engine', () => {
    const { notifier, troubles } = desktop(() => {
      throw new Error('spawn EAGAIN');
    });
    expect(() => notifier.notify(named('INFY'))).not.toThrow();
    expect(troubles).toEqual([expect.stringContaining('spawn EAGAIN')]);
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
