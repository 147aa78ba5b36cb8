import { type ReactElement, useState } from 'react';
import type { ChannelState } from '../../../../contract/channels.ts';
import { invoke } from '../../live/engine.ts';

interface ChannelTestProps {
  readonly channel: Pick<ChannelState, 'id' | 'label' | 'trouble'>;
  readonly isReady: boolean;
}

type Outcome = { readonly kind: 'none' | 'busy' | 'done' } | { readonly kind: 'failed'; readonly problem: string };

/** Sends a sample through one channel, and says what came of it; before that, what came of the last alert. */
export function ChannelTest({ channel: { id, label, trouble }, isReady }: ChannelTestProps): ReactElement {
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'none' });
  const test = async (): Promise<void> => {
    setOutcome({ kind: 'busy' });
    try {
      await invoke('channels.test', { channel: id });
      setOutcome({ kind: 'done' });
    } catch (error) {
      const problem = error instanceof Error ? error.message : 'It was not sent. Try again.';
      setOutcome({ kind: 'failed', problem });
    }
  };
  const problem = outcome.kind === 'failed' ? outcome.problem : outcome.kind === 'none' ? trouble : null;
  return (
    <div className="channel-test">
      <button
        type="button"
        className="button"
        aria-label={`Test ${label}`}
        disabled={!isReady || outcome.kind === 'busy'}
        onClick={() => void test()}
      >
        Test
      </button>
      <div aria-live="polite">
        {outcome.kind === 'busy' ? <p>Sending …</p> : null}
        {outcome.kind === 'done' ? <p>It got through.</p> : null}
        {problem === null ? null : <p role="alert">{problem}</p>}
      </div>
    </div>
  );
}
