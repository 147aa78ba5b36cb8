import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import { Fragment, type ReactElement } from 'react';
import { SCREEN_TIMEFRAMES, type Timeframe } from '../../../../core/timeframe.ts';
import { timeframeLabel, timeframeName } from '../../format/timeframe.ts';
import { useSelection } from '../../stores/selection.ts';
import { Tip } from '../../ui/tip.tsx';
import { timeframeKeys } from './timeframe-keys.ts';

/** A hairline stands before each of these: seconds, minutes, hours, days. */
const GROUP_STARTS: readonly Timeframe[] = ['1m', '1h', '1d'];

/** The seventeen buttons. One tab stop; arrow keys go along it. */
export function TimeframeBar(): ReactElement {
  const timeframe = useSelection((state) => state.timeframe);
  const setTimeframe = useSelection((state) => state.setTimeframe);
  return (
    <ToggleGroup
      aria-label="Timeframe"
      className="timeframes"
      value={[timeframe]}
      onValueChange={([next]) => {
        const chosen = SCREEN_TIMEFRAMES.find((one) => one === next);
        if (chosen !== undefined) setTimeframe(chosen);
      }}
    >
      {SCREEN_TIMEFRAMES.map((one) => (
        <Fragment key={one}>
          {GROUP_STARTS.includes(one) ? <i aria-hidden /> : null}
          <Tip text={timeframeName(one)} keys={timeframeKeys(one)}>
            <Toggle value={one}>{timeframeLabel(one)}</Toggle>
          </Tip>
        </Fragment>
      ))}
    </ToggleGroup>
  );
}
