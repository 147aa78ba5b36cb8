/** Why a desktop notification did not appear, and what to do about it. */
export interface DesktopTrouble {
  readonly kind: 'no-program' | 'no-bus' | 'no-service' | 'other';
  readonly sentence: string;
}

/** What notify-send and libnotify say, told apart by their own words (libnotify 0.8, GLib 2.74). */
const KNOWN: readonly (readonly [pattern: RegExp, trouble: DesktopTrouble])[] = [
  [
    /not found: notify-send|notify-send must be installed|notify-send: (command )?not found/,
    {
      kind: 'no-program',
      sentence:
        'Desktop notifications need the program notify-send. Install libnotify-bin (Debian, Ubuntu) or libnotify (Fedora, Arch), then start Tickscope again.',
    },
  ],
  [
    /autolaunch D-Bus|Could not connect|Connection refused|DBUS_SESSION_BUS_ADDRESS|No such file or directory/i,
    {
      kind: 'no-bus',
      sentence:
        'Desktop notifications need a D-Bus session, and there is none. Start Tickscope from a desktop session, or under dbus-run-session.',
    },
  ],
  [
    /ServiceUnknown|StartServiceByName|not provided by any \.service|NameHasNoOwner|Spawn/,
    {
      kind: 'no-service',
      sentence:
        'No program on this desktop shows notifications. Install and start one, for example dunst or mako; alerts stay in the list meanwhile.',
    },
  ],
];

/** Names the trouble in a failed notification. The text of the alert itself, which may be in the error, is left out. */
export function explainTrouble(error: Error): DesktopTrouble {
  const found = KNOWN.find(([pattern]) => pattern.test(error.message));
  if (found !== undefined) return found[1];
  const lastLine = error.message.trimEnd().split('\n').at(-1) ?? '';
  const reason = lastLine.startsWith('Command failed') ? 'the notification program failed' : lastLine;
  return {
    kind: 'other',
    sentence: `The desktop notification could not be shown (${reason}). Alerts stay in the list.`,
  };
}
