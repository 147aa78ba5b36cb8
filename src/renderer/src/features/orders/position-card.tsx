import { type ReactElement, useState } from 'react';
import { symbolOf } from '../../../../core/instrument.ts';
import type { Position } from '../../../../core/paper-order.ts';
import { formatPrice } from '../../format/price.ts';
import { priceStyleOf } from '../../format/price-style.ts';
import { attempt } from '../../live/engine.ts';
import { ruleName, useRuleStore } from '../../stores/rule-store.ts';
import { useSelection } from '../../stores/selection.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { direction, heldWords, isLong, levelWords, profitWords } from './paper-words.ts';

/** What one rule holds of one instrument, and the button to let go of it. */
export function PositionCard({ position }: { readonly position: Position }): ReactElement {
  const { instrument, rule, ltp, unrealised } = position;
  const style = useSettingsStore(({ byKey }) => priceStyleOf(byKey.get(instrument)));
  const isWatched = useSettingsStore(({ byKey }) => byKey.has(instrument));
  const name = useRuleStore((book) => ruleName(book, rule));
  const [isClosing, setClosing] = useState(false);
  const symbol = symbolOf(instrument);
  const exit = async (): Promise<void> => {
    setClosing(true);
    await attempt('orders.exit', { rule, instrument });
    setClosing(false);
  };
  return (
    <li className="position">
      <header>
        <span className="badge" data-side={isLong(position) ? 'buy' : 'sell'}>
          {isLong(position) ? 'LONG' : 'SHORT'}
        </span>
        <button
          type="button"
          className="position-symbol"
          aria-label={`Show ${symbol} in the chart`}
          disabled={!isWatched}
          onClick={() => useSelection.getState().select(instrument)}
        >
          {symbol}
        </button>
        <b data-profit={direction(unrealised)}>{profitWords(unrealised, style)}</b>
      </header>
      <p>
        {heldWords(position, style)}
        <span>LTP {formatPrice(ltp, style)}</span>
      </p>
      <footer>
        <span>
          {name}
          {isWatched ? null : '. Not watched: no stop holds until it is on the list again'}
        </span>
        <button
          type="button"
          className="button"
          aria-label={`Exit ${symbol} of ${name}`}
          disabled={isClosing}
          onClick={() => void exit()}
        >
          Exit
        </button>
      </footer>
      <Levels position={position} />
    </li>
  );
}

function Levels({ position }: { readonly position: Position }): ReactElement {
  const style = useSettingsStore(({ byKey }) => priceStyleOf(byKey.get(position.instrument)));
  return <small>{levelWords(position, style) ?? 'No stop and no target'}</small>;
}
