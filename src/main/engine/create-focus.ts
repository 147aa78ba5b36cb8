import { optionValues } from '../../contract/option-values.ts';
import { FocusDesk } from './focus-desk.ts';
import type { WorldParts } from './world-parts.ts';

/** The option by which a venue's manifest lets its feed rest while nobody looks. */
const REST_OPTION = 'focusMinutes';
const RESTING = 'Nobody is looking and no scan runs, so the feed rests. It goes on when the window is seen again.';

/** Lets the feed rest while no window is seen and nobody waits for prices: no scan, no recording, no position on paper. */
export function createFocus(
  { wall, settings, rules, manifest }: WorldParts,
  feed: { onRest(message: string): void; onReturn(): void },
  isHolding: () => boolean,
): FocusDesk {
  const isNeeded = (): boolean => {
    const { rule, recording } = settings();
    const isScanning = rules === undefined ? rule.enabled : rules().some(({ enabled }) => enabled);
    return isScanning || isHolding() || recording.ticks || recording.seconds || recording.books;
  };
  return new FocusDesk({
    clock: wall,
    restMinutes: () => Number(optionValues(manifest, settings().feed.options[manifest.id])[REST_OPTION] ?? 0),
    isScanning: isNeeded,
    onRest: () => feed.onRest(RESTING),
    onReturn: () => feed.onReturn(),
  });
}
