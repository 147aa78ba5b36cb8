import type { ReactElement } from 'react';
import type { AlertEvidence } from '../../../../contract/commands.ts';
import type { Passport } from '../../../../core/passport.ts';
import type { PriceStyle } from '../../format/price-style.ts';
import { formatCount } from '../../format/quantity.ts';
import { formatBarTime, formatFullDate } from '../../format/time.ts';
import { timeframeLabel, timeframeName } from '../../format/timeframe.ts';
import {
  barName,
  barWords,
  deliveryWords,
  exactClock,
  ledgerWords,
  operandReadings,
  pathPoints,
} from './passport-words.ts';

interface PassportViewProps {
  readonly passport: Passport;
  /** Who told of it, as far as that has come. */
  readonly deliveries: AlertEvidence['deliveries'];
  readonly style: PriceStyle;
}

/** Everything an alert rests on: its rule's words, its values, its bars, and its way here. */
export function PassportView({ passport, deliveries, style }: PassportViewProps): ReactElement {
  const { rule, side, barTime, timeframe, feed, ledger, bars, barCount, firstBar } = passport;
  const text = rule[side];
  return (
    <>
      <h4>Rule</h4>
      <p className="passport-rule">
        <b>{rule.name}</b> {text === null ? null : <code>{text}</code>}
        <small>
          version {rule.hash.slice(0, 8)}, {rule.arithmetic === 'ta-lib' ? 'TA-Lib' : 'TradingView'} arithmetic
        </small>
      </p>
      <Operands passport={passport} style={style} />
      <h4>Bars</h4>
      <ul className="passport-bars">
        {bars.map((bar) => (
          <li key={`${bar.timeframe} ${bar.openTime}`}>
            <span>{barName(bar)}</span>
            <small>{barWords(bar, style)}</small>
          </li>
        ))}
        <li>
          <small>
            Fired on the bar of {formatFullDate(barTime)} {formatBarTime(barTime, timeframe)},{' '}
            {timeframeName(timeframe)}: bar {formatCount(barCount)} of those it knew, from {formatFullDate(firstBar)}{' '}
            on.
          </small>
        </li>
      </ul>
      <h4>Way here</h4>
      <ol className="passport-path">
        {pathPoints(passport.times).map(({ name, at, after }) => (
          <li key={name}>
            <span>{name}</span>
            <small>{after}</small>
            <b>{at}</b>
          </li>
        ))}
        {deliveries.map((delivery) => (
          <li key={`${delivery.channel} ${delivery.at}`}>
            <span>{deliveryWords(delivery)}</span>
            <small>our clock</small>
            <b>{exactClock(delivery.at)}</b>
          </li>
        ))}
      </ol>
      <p className="passport-note">
        {feed.label}, {feed.mode}, {feed.status}. Its bar is {ledgerWords(ledger)}.
      </p>
    </>
  );
}

function Operands({ passport: { operands, timeframe }, style }: Omit<PassportViewProps, 'deliveries'>): ReactElement {
  return (
    <table className="passport-values">
      <thead>
        <tr>
          <th scope="col">Value</th>
          <th scope="col">Before</th>
          <th scope="col">Now</th>
        </tr>
      </thead>
      <tbody>
        {operands.map((operand) => {
          const [before, now] = operandReadings(operand, style);
          return (
            <tr key={operand.text}>
              <th scope="row">
                {operand.text}
                {operand.timeframe === timeframe ? null : <small> {timeframeLabel(operand.timeframe)} bar</small>}
                {operand.isSettled ? null : (
                  <small title="More than 0.01 % of where its data began is still in it"> not settled</small>
                )}
              </th>
              <td>{before}</td>
              <td title={operand.now === null ? undefined : String(operand.now)}>{now}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
