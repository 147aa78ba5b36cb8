import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A notification as it crossed the bus. */
export interface SeenNotification {
  readonly appName: string;
  readonly title: string;
  readonly body: string;
  /** The service answered with an id: it took the notification. */
  readonly accepted: boolean;
}

export interface NotificationDesktop {
  /** What a program needs to notify on this desktop. */
  readonly env: Readonly<Record<string, string>>;
  seen(): readonly SeenNotification[];
  stop(): Promise<void>;
}

const TOOLS = {
  Xvfb: 'xvfb',
  'dbus-daemon': 'dbus',
  'dbus-monitor': 'dbus',
  dunst: 'dunst',
  'notify-send': 'libnotify-bin',
};

/** What this machine lacks for a desktop of its own, as the reason of a skipped test; empty when it has all. */
export function missingDesktopTools(): string {
  if (process.platform !== 'linux') return 'needs Linux, where notifications cross a bus one can watch';
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const isThere = (program: string): boolean =>
    folders.some((folder) => {
      try {
        accessSync(join(folder, program), constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
  const packages = new Set(Object.entries(TOOLS).flatMap(([program, name]) => (isThere(program) ? [] : [name])));
  return packages.size === 0 ? '' : `needs: sudo apt-get install ${[...packages].join(' ')}`;
}

/** A screen without a screen, a session bus, a notification service, and somebody who writes down what passes. */
export async function startNotificationDesktop(): Promise<NotificationDesktop> {
  const running: ChildProcess[] = [];
  const start = (program: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess => {
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
    });
    running.push(child);
    return child;
  };

  const screen = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x720x24', '-nolisten', 'tcp'], {});
  const display = `:${await firstLine(screen.stdio[3])}`;
  const bus = start('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address'], {});
  const env = { DISPLAY: display, DBUS_SESSION_BUS_ADDRESS: await firstLine(bus.stdout) };

  const monitor = start('dbus-monitor', ['--session'], env);
  const log = new NotificationLog();
  const lines = createInterface({ input: stream(monitor.stdout) });
  // It speaks once it listens: what is sent after this line is seen.
  await once(lines, 'line');
  lines.on('line', (line) => log.line(line));
  start('dunst', ['-conf', '/dev/null'], env);

  return {
    env,
    seen: () => log.notifications(),
    async stop() {
      for (const child of running.reverse()) {
        child.kill();
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      }
    },
  };
}

/** Reads dbus-monitor's text: a header line for each message, then its arguments, indented. */
class NotificationLog {
  readonly #calls: { readonly serial: string; readonly sender: string; readonly strings: string[] }[] = [];
  readonly #answered = new Set<string>();
  #current: { readonly strings: string[] } | undefined;

  line(line: string): void {
    const header = /^method (call|return) .*?sender=(\S+) .*?destination=(\S+) serial=(\d+)/.exec(line);
    if (/^\S/.test(line)) this.#current = undefined;
    if (header !== null) {
      const [, kind, sender = '', destination = '', serial = ''] = header;
      if (kind === 'call' && line.includes('member=Notify')) {
        const call = { serial, sender, strings: [] };
        this.#calls.push(call);
        this.#current = call;
      }
      const replyTo = /reply_serial=(\d+)/.exec(line)?.[1];
      if (kind === 'return' && replyTo !== undefined) this.#answered.add(`${destination} ${replyTo}`);
    }
    const text = /^ {3}string "(.*)"$/.exec(line)?.[1];
    if (text !== undefined) this.#current?.strings.push(text);
  }

  notifications(): readonly SeenNotification[] {
    return this.#calls.map(({ serial, sender, strings: [appName = '', _icon, title = '', body = ''] }) => ({
      appName,
      title,
      body,
      accepted: this.#answered.has(`${sender} ${serial}`),
    }));
  }
}

function stream(source: unknown): Readable {
  // Pipes were asked for above, so there are streams.
  return source as Readable;
}

async function firstLine(source: unknown): Promise<string> {
  const [line] = await once(createInterface({ input: stream(source) }), 'line');
  return String(line).trim();
}
