import type { EpochMs } from '../../../core/brand.ts';
import { type Session, sessionAtOrAfter } from '../../../core/calendar.ts';
import { symbolOf } from '../../../core/instrument.ts';
import { count, fine, problem, someOf, warning } from '../findings.ts';
import { istMoment } from '../ist-words.ts';
import { type Examine, isMadeHere, type Patient, trading } from '../patient.ts';

/** Whether prices are to be expected now, and if not, when. */
export const examineMarket: Examine = (patient) => {
  const { manifest, parts } = patient;
  if (isMadeHere(patient)) return fine('market', `${manifest.label} has hours of its own and plays at any time.`);
  const now = parts.clock.now();
  const { instruments } = patient;
  if (instruments.length === 0)
    return problem(
      'market',
      'There is nothing to watch.',
      'Choose a list of instruments in Settings under Feed.',
      'open-settings',
    );
  const open = trading({ ...patient, session: undefined }, now);
  if (open.length === instruments.length) return fine('market', 'The market is open.');
  if (open.length > 0)
    return fine(
      'market',
      `The market is open for ${open.length} of ${count(instruments.length, 'instrument')}; closed for ${someOf(closedOf(patient, open))}.`,
    );
  const next = nextOpen(patient, now);
  const when = next === undefined ? 'not within a month, as far as the calendar knows' : `on ${istMoment(next)}`;
  return warning(
    'market',
    `The market is closed. It opens ${when}. Until then no price comes and no signal can.`,
    'Wait until then; charts show what history has. The simulated market plays at any hour.',
    'switch-to-simulator',
  );
};

function closedOf({ instruments }: Patient, open: readonly unknown[]): readonly string[] {
  return instruments.filter((instrument) => !open.includes(instrument)).map(({ key }) => symbolOf(key));
}

/** The next moment at which continuous trading begins, or goes on after a pause. */
function nextOpen({ instruments, parts }: Patient, now: EpochMs): EpochMs | undefined {
  const segments = [...new Set(instruments.map(({ segment }) => segment))];
  const opens = segments.flatMap((segment) => {
    const session = sessionAtOrAfter(parts.calendarOf(segment), now);
    return session === undefined ? [] : (opensOf(session).find((open) => open > now) ?? []);
  });
  return opens.length === 0 ? undefined : (Math.min(...opens) as EpochMs);
}

function opensOf({ parts }: Session): readonly EpochMs[] {
  return parts.map(({ open }) => open);
}
