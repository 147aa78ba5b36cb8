import type { ReactElement } from 'react';
import { useTicking } from '../../live/use-ticking.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { connectionState, metricRows } from './connection-words.ts';
import './health.css';

/** The venue's connections side by side, a row for each thing that is counted. */
export function Connections(): ReactElement {
  const connections = useFeedStore((state) => state.stats?.connections) ?? [];
  useTicking(1_000);
  if (connections.length === 0) return <p className="side-hint">No connection is open.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: many connections are wider than the panel, and the keyboard must reach the last.
    <section className="connections" aria-label="Connections" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <td />
            {connections.map(({ name, state }) => {
              const { words, tone } = connectionState(state);
              return (
                <th key={name} scope="col">
                  {name}
                  <small data-tone={tone}>
                    <i aria-hidden data-tone={tone} />
                    {words}
                  </small>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {metricRows(connections, Date.now()).map(({ name, values, isTrouble }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {connections.map((connection, at) => (
                <td key={connection.name} data-warn={isTrouble[at] || undefined}>
                  {values[at]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
