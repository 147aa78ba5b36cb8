import type { ReactElement } from 'react';
import type { Rule } from '../../../../core/rule.ts';
import type { Side } from '../../../../core/signal.ts';
import { editDraft, useRuleDesk } from '../../stores/rule-desk.ts';
import { DEFAULT_RULE } from '../../stores/rule-store.ts';
import { openSettings } from '../../stores/ui-store.ts';
import { Segments } from '../../ui/segments.tsx';
import { ScanField } from './editor/scan-field.tsx';

const SIDES = [
  { value: 'buy', label: 'Buy' },
  { value: 'sell', label: 'Sell' },
  { value: 'both', label: 'Both' },
] as const;
const EXAMPLE: Readonly<Record<Side, string>> = {
  buy: 'ema(9) crosses above ema(21) and rsi(14) > 50',
  sell: 'ema(9) crosses below ema(21) and rsi(14) < 50',
};
const LABEL: Readonly<Record<Side, string>> = { buy: 'Buy when', sell: 'Sell when' };

/** The rule's sentences, one for each side it has. Those of the default rule follow the numbers in the settings. */
export function SentenceRows({ draft }: { readonly draft: Rule }): ReactElement {
  const before = useRuleDesk((state) => state.before);
  const isDefault = draft.id === DEFAULT_RULE;
  const { buy, sell } = draft;
  const sides = buy !== null && sell !== null ? 'both' : buy !== null ? 'buy' : 'sell';
  const choose = (next: (typeof SIDES)[number]['value']): void => {
    // A sentence that comes back is the one that was there.
    editDraft({
      buy: next === 'sell' ? null : (buy ?? before?.buy ?? ''),
      sell: next === 'buy' ? null : (sell ?? before?.sell ?? ''),
    });
  };
  return (
    <>
      {isDefault ? (
        <p className="settings-lead">
          These sentences, the timeframe and the numbers in them follow{' '}
          <button type="button" className="link-button" onClick={() => openSettings('scan')}>
            Settings → Scan rule
          </button>
          . All else can be changed here; to write your own sentence, duplicate the rule.
        </p>
      ) : (
        <Segments label="Sides" value={sides} options={SIDES} onChange={choose} />
      )}
      {(['buy', 'sell'] as const).map((side) =>
        draft[side] === null ? null : (
          <div key={`${draft.id} ${side}`} className="sentence-row">
            <p>
              <span className="badge" data-side={side}>
                {side.toUpperCase()}
              </span>{' '}
              when
            </p>
            <ScanField
              label={LABEL[side]}
              value={draft[side] ?? ''}
              example={EXAMPLE[side]}
              timeframe={draft.timeframe}
              arithmetic={draft.arithmetic}
              readOnly={isDefault}
              onChange={(text) => editDraft({ [side]: text })}
            />
          </div>
        ),
      )}
    </>
  );
}
