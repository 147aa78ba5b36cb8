import type { ReactElement } from 'react';
import type { Scoreboard } from '../../../../core/outcome.ts';
import { formatPercent } from '../../format/price.ts';
import { formatCount } from '../../format/quantity.ts';
import { againstChance, CHANCE_WORDS, intervalText, MOMENTS, shareText } from './score-words.ts';
import './score.css';

/** A scoreboard: how often the price had moved the signal's way, against entries at random. */
export function ScoreTable({ board }: { readonly board: Scoreboard }): ReactElement {
  return (
    <div className="score-frame">
      <table className="score-table">
        <thead>
          <tr>
            <th scope="col">After</th>
            <th scope="col">Known</th>
            <th scope="col">Gained</th>
            <th scope="col">95 % sure</th>
            <th scope="col">At random</th>
            <th scope="col">Mean</th>
            <th scope="col">Told apart</th>
          </tr>
        </thead>
        <tbody>
          {MOMENTS.map(([key, name]) => {
            const rate = board[key];
            const chance = againstChance(rate);
            return (
              <tr key={key}>
                <th scope="row">{name}</th>
                <td>{formatCount(rate.count)}</td>
                <td>{shareText(rate.rate)}</td>
                <td>{intervalText(rate) ?? '–'}</td>
                <td>{shareText(rate.random)}</td>
                <td>{formatPercent(rate.mean)}</td>
                <td data-chance={chance}>{chance === undefined ? '–' : CHANCE_WORDS[chance]}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {board.best === undefined || board.worst === undefined ? null : (
        <p>
          Until the close they went {formatPercent(board.best)} their way at best and {formatPercent(board.worst)} at
          worst, on average.
        </p>
      )}
    </div>
  );
}
