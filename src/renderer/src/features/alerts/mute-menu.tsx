import { Menu } from '@base-ui/react/menu';
import type { ReactElement } from 'react';
import { type EpochMs, MINUTE_MS } from '../../../../core/brand.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import type { Signal } from '../../../../core/signal.ts';
import { attempt } from '../../live/engine.ts';
import { addMute, type Muted } from '../../stores/mute-store.ts';
import { ruleName, useRuleStore } from '../../stores/rule-store.ts';
import { MUTE_SPANS, mutedWords } from './mute-words.ts';

/** Keeps a rule, a symbol or both quiet for a while. What is muted is listed, and not told. */
export function MuteMenu({ signal: { instrument, rule } }: { readonly signal: Signal }): ReactElement {
  const book = useRuleStore();
  const nameOf = (id: string): string => ruleName(book, id);
  const targets: readonly Muted[] = [
    { rule, instrument: null },
    { rule: null, instrument },
    { rule, instrument },
  ];
  const mute = async (muted: Muted, minutes: number): Promise<void> => {
    const done = await attempt('alerts.mute', { ...muted, minutes });
    // A mute goes by the clock on the wall, as quiet hours do.
    if (done === null) addMute({ ...muted, until: (Date.now() + minutes * MINUTE_MS) as EpochMs });
  };
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger aria-label={`Mute ${symbolOf(instrument)}`}>Mute</Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="floating" side="bottom" align="start" sideOffset={4}>
          <Menu.Popup className="popover menu">
            {targets.map((muted) => {
              const words = mutedWords(muted, nameOf);
              return (
                <Menu.Group key={words}>
                  <Menu.GroupLabel className="menu-label">{words}</Menu.GroupLabel>
                  <div className="menu-row">
                    {MUTE_SPANS.map(({ name, minutes }) => (
                      <Menu.Item
                        key={name}
                        aria-label={`Mute ${words}: ${name}`}
                        onClick={() => void mute(muted, minutes(Date.now() as EpochMs))}
                      >
                        {name}
                      </Menu.Item>
                    ))}
                  </div>
                </Menu.Group>
              );
            })}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
