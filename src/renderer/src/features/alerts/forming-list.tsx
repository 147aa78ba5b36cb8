import { type ReactElement, useRef, useState } from 'react';
import { symbolOf } from '../../../../core/instrument.ts';
import { type Signal, signalId } from '../../../../core/signal.ts';
import { formatPrice } from '../../format/price.ts';
import { priceStyleOf } from '../../format/price-style.ts';
import { timeframeLabel } from '../../format/timeframe.ts';
import { useAlertStore } from '../../stores/alert-store.ts';
import { showBar, useAttention } from '../../stores/attention.ts';
import { ruleName, useRuleStore } from '../../stores/rule-store.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { AlertReason } from './alert-reason.tsx';
import { formingReason } from './alert-words.ts';
import { useTakeFocus } from './use-take-focus.ts';

/** More than this pushes the alerts away; the rest opens on demand. */
const SHOWN = 3;

/** Signals of bars that have not closed. They may vanish, so they are hollow and are not alerts yet. */
export function FormingList(): ReactElement | null {
  const signals = useAlertStore(({ formingSignals }) => formingSignals);
  const asked = useAttention(({ alert }) => alert?.id);
  const [all, setAll] = useState(false);
  if (signals.size === 0) return null;
  const sorted = [...signals.values()].sort((a, b) => a.instrument.localeCompare(b.instrument));
  const rest = sorted.length - SHOWN;
  const isAsked = (signal: Signal): boolean => asked !== undefined && signalId(signal) === asked;
  // What was asked for is shown, wherever it stands in the list.
  const shown = all || sorted.findIndex(isAsked) >= SHOWN ? sorted : sorted.slice(0, SHOWN);
  return (
    <section className="forming-list" aria-label="Forming signals">
      {shown.map((signal) => (
        <FormingCard key={signalId(signal)} signal={signal} asked={isAsked(signal)} />
      ))}
      {rest > 0 ? (
        <button type="button" className="link-button" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `${rest} more forming`}
        </button>
      ) : null}
    </section>
  );
}

interface FormingCardProps {
  readonly signal: Signal;
  /** Somebody asked for it: it takes the focus. */
  readonly asked: boolean;
}

function FormingCard({ signal, asked }: FormingCardProps): ReactElement {
  const card = useRef<HTMLElement>(null);
  useTakeFocus(card, asked);
  const { instrument, timeframe, side, price, barTime } = signal;
  const style = useSettingsStore(({ byKey }) => priceStyleOf(byKey.get(instrument)));
  const name = useRuleStore((book) => ruleName(book, signal.rule));
  const symbol = symbolOf(instrument);
  return (
    <article ref={card} className="alert-card" tabIndex={-1} aria-label={`Forming ${side} ${symbol}`}>
      <header>
        <span className="badge" data-side={side} data-forming>
          {side.toUpperCase()}
        </span>
        <strong>{symbol}</strong>
        <span className="alert-frame">{timeframeLabel(timeframe)}</span>
        <b>{formatPrice(price, style)}</b>
        <span className="alert-forming" title="It may vanish before the bar closes">
          forming
        </span>
        <button
          type="button"
          className="alert-chart"
          aria-label={`Chart ${symbol}`}
          onClick={() => showBar({ instrument, timeframe, openTime: barTime })}
        >
          Chart
        </button>
      </header>
      <AlertReason rule={name} text={formingReason(signal)} />
    </article>
  );
}
