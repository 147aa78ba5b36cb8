import { type ReactElement, useState } from 'react';
import { useRuleStore } from '../../stores/rule-store.ts';
import { NearList } from './near-list.tsx';
import { useNearest } from './use-nearest.ts';

const SHOWN = 5;

/** The symbols nearest to firing, over all rules that are on or of one of them. */
export function NearSection(): ReactElement {
  const rules = useRuleStore((state) => state.rules);
  const [chosen, setChosen] = useState<string>();
  const on = rules.filter(({ rule }) => rule.enabled).map(({ rule }) => rule);
  const rule = on.find(({ id }) => id === chosen)?.id ?? null;
  const { misses, problem } = useNearest(rule, SHOWN);
  return (
    <section className="near" aria-label="Nearest to firing">
      <header>
        <h3>Nearest to firing</h3>
        {on.length < 2 ? null : (
          <select
            className="select"
            aria-label="Nearest of which rule"
            value={rule ?? ''}
            onChange={({ target }) => setChosen(target.value)}
          >
            <option value="">All rules</option>
            {on.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
      </header>
      {problem === undefined ? null : (
        <p className="side-hint" role="alert">
          {problem}
        </p>
      )}
      {misses === undefined ? null : misses.length === 0 ? (
        <p className="side-hint">No symbol is near yet. The list fills once a bar has closed and been judged.</p>
      ) : (
        <NearList misses={misses} namesRules={rule === null && on.length > 1} />
      )}
    </section>
  );
}
