import type { ReactElement } from 'react';
import type { BrokerState } from '../../../../contract/events.ts';
import { credentialState } from '../login/login-words.ts';
import './broker-list.css';

interface BrokerListProps {
  readonly brokers: readonly BrokerState[];
  readonly inUse: string;
  /** The one that checks it and stands in. */
  readonly standby: string | null;
  readonly looked: string;
  readonly onLook: (id: string) => void;
}

/** Every feed there is, and whether it has what it needs. */
export function BrokerList({ brokers, inUse, standby, looked, onLook }: BrokerListProps): ReactElement {
  return (
    <fieldset className="broker-list">
      <legend className="quiet">Where prices come from</legend>
      {brokers.map((broker) => {
        const { id, label } = broker.manifest;
        const { words, tone } = credentialState(broker);
        return (
          <label key={id}>
            <input type="radio" name="feed" checked={looked === id} onChange={() => onLook(id)} />
            <span>
              <b>{label}</b>
              <small data-tone={tone}>
                {id === inUse ? <em>in use</em> : id === standby ? <em>stands in</em> : null} {words}
              </small>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
