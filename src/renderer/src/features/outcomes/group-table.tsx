import type { ReactElement } from 'react';
import type { HitRate } from '../../../../core/outcome.ts';
import { formatPercent } from '../../format/price.ts';
import { formatCount } from '../../format/quantity.ts';
import { useOutcomeDesk } from '../../stores/outcome-desk.ts';
import type { GroupRow } from './group-rows.ts';
import { againstChance, intervalText, MOMENTS, shareText } from './score-words.ts';

interface GroupTableProps {
  readonly rows: readonly GroupRow[];
  /** What the rows are, as the table's name. */
  readonly name: string;
}

/** One row a rule, symbol or hour; a name that is pressed becomes the filter. */
export function GroupTable({ rows, name }: GroupTableProps): ReactElement {
  return (
    <table className="score-table group-table" aria-label={name}>
      <thead>
        <tr>
          <th scope="col">{name.replace('By ', '').replace(/^./, (letter) => letter.toUpperCase())}</th>
          <th scope="col">Alerts</th>
          {MOMENTS.map(([key, moment]) => (
            <th key={key} scope="col">
              {moment}
            </th>
          ))}
          <th scope="col">Mean at the close</th>
          <th scope="col">Best</th>
          <th scope="col">Worst</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, name: rowName, board, of }) => (
          <tr key={id}>
            <th scope="row">
              {of === undefined ? (
                rowName
              ) : (
                <button type="button" title={`Only ${rowName}`} onClick={() => useOutcomeDesk.setState(of)}>
                  {rowName}
                </button>
              )}
            </th>
            <td>{formatCount(board.count)}</td>
            {MOMENTS.map(([key]) => (
              <td key={key} data-chance={againstChance(board[key])} title={rateTitle(board[key])}>
                {shareText(board[key].rate)}
              </td>
            ))}
            <td>{formatPercent(board.atClose.mean)}</td>
            <td>{formatPercent(board.best)}</td>
            <td>{formatPercent(board.worst)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function rateTitle(rate: HitRate): string | undefined {
  const interval = intervalText(rate);
  if (interval === undefined) return undefined;
  return `${formatCount(rate.hits)} of ${formatCount(rate.count)}, ${interval}; at random ${shareText(rate.random)}`;
}
