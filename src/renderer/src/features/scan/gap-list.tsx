import type { ReactElement } from 'react';
import type { BacktestReport } from '../../../../contract/backtest.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import { formatCount } from '../../format/quantity.ts';
import { Disclosure } from '../../ui/disclosure.tsx';

/** Whether more of the past might be had: sessions are missing, or bars of some symbols. */
export function lacks({ sessions, gaps }: Pick<BacktestReport, 'sessions' | 'gaps'>, asked: number): boolean {
  return sessions < asked || gaps.some(({ missing }) => missing > 0);
}

/** Symbols of which something is not known: what was found says less of them. */
export function GapList({ gaps }: Pick<BacktestReport, 'gaps'>): ReactElement | null {
  if (gaps.length === 0) return null;
  return (
    <Disclosure
      title="Not looked at in full"
      state={`${formatCount(gaps.length)} symbol${gaps.length === 1 ? '' : 's'}`}
    >
      <ul className="gap-list">
        {gaps.map(({ instrument, reason }) => (
          <li key={`${instrument} ${reason}`}>
            <b>{symbolOf(instrument)}</b> {reason}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
