import { type ReactElement, useEffect, useRef } from 'react';
import { MINUTE_MS } from '../../../../core/brand.ts';
import { formatClock } from '../../format/time.ts';
import { marketNow } from '../../live/market-clock.ts';

const TICK_MS = 200;

/** The market's clock in Indian time, written straight into its place. */
export function MarketTime(): ReactElement {
  const place = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    let shown = 0;
    const write = (): void => {
      const now = marketNow();
      if (now === undefined || place.current === null) return;
      // The engine's word may lag what was carried on by a moment; a clock does not go back for that.
      if (now < shown && shown - now < MINUTE_MS) return;
      shown = now;
      const text = `${formatClock(now)} IST`;
      if (place.current.textContent !== text) place.current.textContent = text;
    };
    write();
    const timer = setInterval(write, TICK_MS);
    return () => clearInterval(timer);
  }, []);

  return <span ref={place} className="market-time" />;
}
