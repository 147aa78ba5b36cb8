import type { ReactElement } from 'react';
import { symbolOf } from '../../../../core/instrument.ts';
import { INTRADAY_MS, isIntraday } from '../../../../core/timeframe.ts';
import { timeframeLabel } from '../../format/timeframe.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { FeedActions } from '../top-bar/feed-actions.tsx';
import { feedSentence } from '../top-bar/feed-words.ts';
import type { ChartKey } from './follow-bars.ts';

/** Where the chart stands. While the next one loads quickly, the one before stays drawn. */
export type ChartPhase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'drawn' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'failed'; readonly message: string };

interface PhaseNoteProps {
  readonly phase: ChartPhase;
  readonly chart: ChartKey | undefined;
  readonly onRetry: () => void;
}

/** What stands in the middle of the plot when there are no bars to see. */
export function PhaseNote({ phase, chart, onRetry }: PhaseNoteProps): ReactElement | null {
  if (phase.kind === 'drawn') return null;
  if (phase.kind === 'loading') {
    return (
      <div className="chart-note" role="status">
        <span className="chart-spinner" aria-hidden="true" />
        {chart === undefined ? 'Waiting for the engine …' : `Loading ${nameOf(chart)} …`}
      </div>
    );
  }
  if (phase.kind === 'failed') {
    return (
      <div className="chart-note" role="alert">
        <p>{phase.message}</p>
        <button type="button" className="button" onClick={onRetry}>
          Retry
        </button>
      </div>
    );
  }
  return <EmptyNote chart={chart} />;
}

/** A feed that stands still will not fill the chart: then its trouble is what there is to say. */
function EmptyNote({ chart }: { readonly chart: ChartKey | undefined }): ReactElement {
  const feed = useFeedStore((state) => state.feed);
  if (feed?.status.state === 'stopped') {
    return (
      <div className="chart-note" role="alert">
        <p>{feedSentence(feed)}</p>
        <FeedActions />
      </div>
    );
  }
  return (
    <div className="chart-note" role="status">
      <p>{chart === undefined ? 'Choose an instrument in the watchlist.' : emptyText(chart)}</p>
    </div>
  );
}

/** Why a chart is empty, and what will fill it. */
export function emptyText(chart: ChartKey): string {
  const { timeframe } = chart;
  const isShort = isIntraday(timeframe) && INTRADAY_MS[timeframe] < INTRADAY_MS['1m'];
  return isShort
    ? `No bars yet for ${nameOf(chart)}: bars this short are built as prices arrive.`
    : `No bars yet for ${nameOf(chart)}: they are built as prices arrive, and come with the history of a broker.`;
}

function nameOf({ instrument, timeframe }: ChartKey): string {
  return `${symbolOf(instrument)} at ${timeframeLabel(timeframe)}`;
}
