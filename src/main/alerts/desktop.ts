import notifier from 'node-notifier';
import { MINUTE_MS, SECOND_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import { pause } from '../engine/pause.ts';
import type { Channel, Clock } from '../engine/ports.ts';
import { type Message, messageOf } from './alert-text.ts';
import { explainTrouble } from './desktop-trouble.ts';

/** Shows one message. Calls back once it was handed over, with the error if it was not. */
export type ShowMessage = (message: Message, done: (error: Error | undefined) => void) => void;

export interface DesktopOptions {
  /** The clock on the wall. */
  readonly clock: Clock;
  readonly show: ShowMessage;
}

/** Between two messages. A desktop that gets thirty at once takes many seconds to show them, and nobody can read them. */
const PAUSE_MS = 500;

/** A notification service that does not answer must not hold up the rest. */
const PATIENCE_MS = 10 * SECOND_MS;

/** Nobody wants to see in the evening what popped up at noon. */
const FRESH_MS = 10 * MINUTE_MS;

/** Alerts as notifications of the system, one at a time. What could not be shown is given up: it stays in the list. */
export function createDesktop({ clock, show }: DesktopOptions): Channel {
  let freeAt = Number.NEGATIVE_INFINITY;
  return {
    id: 'desktop',
    label: 'Desktop',
    fields: [],
    isPersonal: true,
    freshMs: FRESH_MS,
    fieldsSet: () => [],
    isReady: () => true,
    check: () => undefined,
    async send(message, stop) {
      if (clock.now() < freeAt) await pause(clock, freeAt - clock.now(), stop);
      stop.throwIfAborted();
      const error = await shown(clock, show, messageOf(message));
      freeAt = clock.now() + PAUSE_MS;
      if (error !== undefined) throw new AppError('not-supported', explainTrouble(error).sentence);
    },
  };
}

function shown(clock: Clock, show: ShowMessage, message: Message): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const silent = new Error('the notification service does not answer');
    const giveUp = clock.after(PATIENCE_MS, () => resolve(silent));
    const finish = (error: Error | undefined): void => {
      giveUp();
      resolve(error);
    };
    try {
      show(message, finish);
    } catch (thrown) {
      finish(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  });
}

/**
 * The system's own notifications, by node-notifier. `icon` is an absolute path outside any archive.
 * `appId` is the installed app's id on Windows; without it the message is signed by the helper program.
 */
export function systemMessages(icon: string, appId?: string, platform = process.platform): ShowMessage {
  return ({ title, body }, done) => {
    const markup = platform !== 'win32' && platform !== 'darwin';
    const message = {
      title: safeStart(title),
      // Linux services read the body (not the title) as markup.
      message: safeStart(markup ? body.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : body),
      icon,
      wait: false,
      timeout: 15,
      'app-name': 'Tickscope',
      ...(platform === 'win32' && appId !== undefined ? { appID: appId } : {}),
    };
    // A text in place of an error is what the program wrote to stderr while it succeeded.
    notifier.notify(message, (error: unknown) => done(error instanceof Error ? error : undefined));
  };
}

/** notify-send takes what begins with a hyphen for an option. */
function safeStart(text: string): string {
  return text.startsWith('-') ? `\u2212${text.slice(1)}` : text;
}
