import type { ReactElement } from 'react';
import { formatCount } from '../../format/quantity.ts';
import { formatSpan } from '../../format/time.ts';
import { quotes } from '../../live/live-stores.ts';
import { useTicking } from '../../live/use-ticking.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { openSettings } from '../../stores/ui-store.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';

/** More rows than this are nothing to read; copying takes them all. */
const MOST_ROWS = 200;

/** Every instrument that is watched, and when it was last heard of. */
export function Subscriptions(): ReactElement {
  const count = useSettingsStore((state) => state.instruments.length);
  return (
    <Disclosure title="Subscriptions" state={formatCount(count)}>
      <List />
    </Disclosure>
  );
}

function List(): ReactElement {
  const instruments = useSettingsStore((state) => state.instruments);
  useTicking(2_000);
  const known = quotes.store.getState().quotes;
  const now = Date.now();
  const rest = instruments.length - MOST_ROWS;
  return (
    <div className="log-tail">
      <div className="examination-tools">
        <CopyButton text={() => instruments.map(({ key }) => key).join('\n')} what="the list" />
        <button type="button" className="button" onClick={() => openSettings('feed')}>
          Change
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach its end. */}
      <section aria-label="Instruments watched" tabIndex={0}>
        <ol className="subscriptions">
          {instruments.slice(0, MOST_ROWS).map(({ key }) => {
            const heard = known.get(key)?.receivedAt;
            return (
              <li key={key}>
                {key}
                <small>{heard === undefined ? 'no price yet' : `${formatSpan(now - heard)} ago`}</small>
              </li>
            );
          })}
          {rest > 0 ? <li>and {formatCount(rest)} more</li> : null}
        </ol>
      </section>
    </div>
  );
}
