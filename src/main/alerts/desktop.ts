import notifier from 'node-notifier';
import type { Alert } from '../../core/alert.ts';
import type { Clock, Logger, Notifier } from '../engine/ports.ts';
import { type Message, messageOf, summaryOf } from './alert-text.ts';
import { explainTrouble } from './desktop-trouble.ts';

/** Shows one message. Calls back once it was handed over, with the error if it was not. */
export type ShowMessage = (message: Message, done: (error: Error | undefined) => void) => void;

export interface DesktopOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly show: ShowMessage;
  /** Hears of each kind of trouble once, in a sentence for the screen. */
  readonly onTrouble?: ((sentence: string) => void) | undefined;
}

/** More than this many waiting become one summary. */
const MOST_SINGLE = 4;

/** Between two messages. A desktop that gets thirty at once takes many seconds to show them, and nobody can read them. */
const PAUSE_MS = 500;

/** A notification service that does not answer must not hold up the rest. */
const PATIENCE_MS = 10_000;

/** Tells of alerts on the desktop: one message at a time, bursts as a summary, trouble once per kind. Never throws. */
export function createDesktopNotifier({ clock, logger, show, onTrouble }: DesktopOptions): Notifier {
  let waiting: Alert[] = [];
  let busy = false;
  const told = new Set<string>();

  const trouble = (error: Error): void => {
    const { kind, sentence } = explainTrouble(error);
    if (told.has(kind)) return;
    told.add(kind);
    logger.warn(sentence);
    onTrouble?.(sentence);
  };

  const next = (): void => {
    const taken = waiting.splice(0, waiting.length > MOST_SINGLE ? waiting.length : 1);
    const [first] = taken;
    if (first === undefined) {
      busy = false;
      return;
    }
    busy = true;
    let over = false;
    const finish = (error: Error | undefined): void => {
      if (over) return;
      over = true;
      giveUp();
      if (error !== undefined) trouble(error);
      clock.after(PAUSE_MS, next);
    };
    const giveUp = clock.after(PATIENCE_MS, () => finish(new Error('the notification service does not answer')));
    try {
      show(taken.length === 1 ? messageOf(first) : summaryOf(taken), finish);
    } catch (thrown) {
      finish(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  };

  return {
    notify(alert) {
      waiting = [...waiting, alert];
      if (!busy) next();
    },
  };
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
