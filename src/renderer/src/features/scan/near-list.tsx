import type { ReactElement } from 'react';
import type { NearMiss } from '../../../../contract/rules.ts';
import type { EpochMs } from '../../../../core/brand.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import { priceStyleOf } from '../../format/price-style.ts';
import { showBar } from '../../stores/attention.ts';
import { ruleById, ruleName, useRuleStore } from '../../stores/rule-store.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { clauseValues, distanceWords, holdingWords, holdsMark } from './near-words.ts';
import './near.css';

interface NearListProps {
  readonly misses: readonly NearMiss[];
  /** More than one rule is asked: each symbol says which one it is near to. */
  readonly namesRules: boolean;
}

/** Symbols nearest to firing, with what holds and what does not. */
export function NearList({ misses, namesRules }: NearListProps): ReactElement {
  return (
    <ul className="near-list">
      {misses.map((miss) => (
        <NearRow key={`${miss.rule} ${miss.instrument} ${miss.side}`} miss={miss} namesRule={namesRules} />
      ))}
    </ul>
  );
}

function NearRow({ miss, namesRule }: { readonly miss: NearMiss; readonly namesRule: boolean }): ReactElement {
  const { instrument, side, rule, barTime, clauses } = miss;
  const style = useSettingsStore(({ byKey }) => priceStyleOf(byKey.get(instrument)));
  const timeframe = useRuleStore((book) => ruleById(book, rule)?.rule.timeframe);
  const name = useRuleStore((book) => ruleName(book, rule));
  const symbol = symbolOf(instrument);
  return (
    <li>
      <header>
        <span className="badge" data-side={side} data-forming>
          {side.toUpperCase()}
        </span>
        {timeframe === undefined ? (
          <strong>{symbol}</strong>
        ) : (
          <button
            type="button"
            aria-label={`Chart ${symbol}`}
            // The engine's own opening time of a bar.
            onClick={() => showBar({ instrument, timeframe, openTime: barTime as EpochMs })}
          >
            {symbol}
          </button>
        )}
        {namesRule ? <span>{name}</span> : null}
        <small>{holdingWords(miss)}</small>
      </header>
      <ul>
        {clauses.map((clause) => {
          const [mark, word] = holdsMark(clause.holds);
          const away = distanceWords(clause);
          return (
            <li key={clause.text} data-holds={String(clause.holds)}>
              <i aria-hidden>{mark}</i>
              <div>
                <code>{clause.text}</code>
                <span className="quiet"> {word}</span>
                <p>
                  {clauseValues(clause, style)}
                  {away === '' ? null : <b> {away}</b>}
                </p>
              </div>
            </li>
          );
        })}
      </ul>
    </li>
  );
}
