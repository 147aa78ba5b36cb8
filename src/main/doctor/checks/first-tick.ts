import { SECOND_MS } from '../../../core/brand.ts';
import { symbolOf } from '../../../core/instrument.ts';
import { count, fine, problem, someOf, unknown, unknownWithout, warning } from '../findings.ts';
import { type Examine, isMadeHere, trading } from '../patient.ts';
import { isConnected } from './socket.ts';

/** How many instruments have brought a price, and which have not. */
export const examineFirstPrices: Examine = (patient) => {
  const { manifest, view, parts, findings } = patient;
  if (isMadeHere(patient)) return fine('first-tick', `${manifest.label} brings prices as soon as it plays.`);
  if (view === undefined || !isConnected(view) || findings.get('socket')?.level !== 'fine')
    return unknownWithout(patient, 'first-tick', 'socket');
  const due = trading(patient, parts.clock.now());
  if (due.length === 0) return unknown('first-tick', 'The market is closed: no price is to be expected.');
  const silent = due.filter(({ key }) => !view.priced.has(key)).map(({ key }) => symbolOf(key));
  const time =
    view.watchedMs === undefined ? 'today' : `within ${Math.max(1, Math.round(view.watchedMs / SECOND_MS))} s`;
  const many = count(due.length, 'instrument');
  if (silent.length === 0)
    return parts.settings().rule.enabled
      ? fine(
          'first-tick',
          `All of ${many} brought a price ${time}.`,
          'If there is no signal, none of them meets the rule right now.',
        )
      : warning(
          'first-tick',
          `All of ${many} brought a price ${time}, but the rule is switched off: no signal can come.`,
          'Switch it on in Settings under Scan.',
          'open-settings',
        );
  if (silent.length === due.length)
    return problem(
      'first-tick',
      `None of ${many} brought a price ${time}.`,
      'See the finding on the flow of prices.',
      manifest.can.quotes ? 'switch-to-polling' : 'reconnect',
    );
  return warning(
    'first-tick',
    `${due.length - silent.length} of ${many} brought a price ${time}. Still silent: ${someOf(silent)}.`,
    'An instrument that is seldom traded may take longer. One that stays silent may be suspended, or named otherwise at this venue.',
  );
};
