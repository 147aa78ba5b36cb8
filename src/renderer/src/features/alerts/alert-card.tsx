import { type ReactElement, useRef, useState } from 'react';
import type { Alert } from '../../../../core/alert.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import { formatPrice } from '../../format/price.ts';
import { priceStyleOf } from '../../format/price-style.ts';
import { formatClock } from '../../format/time.ts';
import { timeframeLabel } from '../../format/timeframe.ts';
import { marketNow } from '../../live/market-clock.ts';
import { showBar } from '../../stores/attention.ts';
import { ruleName, useRuleStore } from '../../stores/rule-store.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { useCopy } from '../../ui/use-copy.ts';
import { AlertReason } from './alert-reason.tsx';
import { AlertWhy } from './alert-why.tsx';
import { ageText, copyText } from './alert-words.ts';
import { InputsBadge } from './inputs-badge.tsx';
import { MuteChoice } from './mute-choice.tsx';
import { useTakeFocus } from './use-take-focus.ts';
import './alert-card.css';

interface AlertCardProps {
  readonly alert: Alert;
  /** The explanation is open. */
  readonly open: boolean;
  /** Somebody asked for this very alert: it takes the focus. */
  readonly asked: boolean;
  readonly onToggle: (id: string) => void;
}

/** One alert: what happened, why, and what can be done with it. */
export function AlertCard({ alert, open, asked, onToggle }: AlertCardProps): ReactElement {
  const { signal, text, read, late, raisedAt, id, inputs } = alert;
  // A test alert, or one of an instrument that has left the feed, has no chart to show.
  const known = useSettingsStore(({ byKey }) => byKey.get(signal.instrument));
  const style = priceStyleOf(known);
  const name = useRuleStore((book) => ruleName(book, signal.rule));
  const [isMuting, setMuting] = useState(false);
  const card = useRef<HTMLElement>(null);
  const symbol = symbolOf(signal.instrument);

  useTakeFocus(card, asked);

  return (
    <article
      ref={card}
      className="alert-card"
      data-unread={!read || undefined}
      tabIndex={-1}
      aria-label={`${read ? '' : 'Unread: '}${signal.side} ${symbol}`}
    >
      <header>
        <span className="badge" data-side={signal.side}>
          {signal.side.toUpperCase()}
        </span>
        <strong>{symbol}</strong>
        <span className="alert-frame">{timeframeLabel(signal.timeframe)}</span>
        <b>{formatPrice(signal.price, style)}</b>
        {late ? (
          <span className="alert-late" title="Found while catching up on bars that had closed unseen">
            late
          </span>
        ) : null}
        <time dateTime={new Date(raisedAt).toISOString()} title={`Raised at ${formatClock(raisedAt)} IST`}>
          {ageText(raisedAt, marketNow())}
        </time>
      </header>
      <AlertReason rule={name} text={text} />
      <div className="alert-actions">
        <button type="button" aria-expanded={open} aria-label={`Why ${symbol}`} onClick={() => onToggle(id)}>
          Why
        </button>
        {known === undefined ? null : (
          <button
            type="button"
            aria-label={`Chart ${symbol}`}
            onClick={() =>
              showBar({ instrument: signal.instrument, timeframe: signal.timeframe, openTime: signal.barTime })
            }
          >
            Chart
          </button>
        )}
        <button
          type="button"
          aria-expanded={isMuting}
          aria-label={`Mute ${symbol}`}
          onClick={() => setMuting(!isMuting)}
        >
          Mute
        </button>
        <CopyButton label={`Copy ${symbol}`} text={copyText(alert, style)} />
        <InputsBadge inputs={inputs} onExplain={() => onToggle(id)} />
      </div>
      {isMuting ? <MuteChoice signal={signal} onDone={() => setMuting(false)} /> : null}
      {open ? <AlertWhy alert={alert} style={style} /> : null}
    </article>
  );
}

function CopyButton({ label, text }: { readonly label: string; readonly text: string }): ReactElement {
  const { copied, copy } = useCopy();
  return (
    <button type="button" aria-label={label} onClick={() => copy(text)}>
      {copied ? 'Copied' : 'Copy'}
    </button>
  );
}
