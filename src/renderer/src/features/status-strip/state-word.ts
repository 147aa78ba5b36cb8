import type { FeedState } from '../../../../contract/events.ts';

interface StateWord {
  readonly word: string;
  readonly tone: 'good' | 'calm' | 'warn' | 'bad';
}

/** The feed's state in one small word, for the strip. */
export function stateWord({ status, mode, standby }: FeedState, connected: boolean): StateWord {
  if (!connected) return { word: 'engine gone', tone: 'bad' };
  if (standby?.isCarrying === true) return { word: `silent, ${standby.source} carries`, tone: 'warn' };
  switch (status.state) {
    case 'live':
      return { word: mode === 'polling' ? 'polling' : 'live', tone: 'good' };
    case 'stale':
      return { word: 'stale', tone: 'warn' };
    case 'connecting':
      return { word: 'connecting', tone: 'warn' };
    case 'waiting':
      return { word: 'reconnecting', tone: 'warn' };
    case 'stopped':
      return status.reason === 'by-user' ? { word: 'stopped', tone: 'calm' } : { word: 'stopped', tone: 'bad' };
    default:
      return { word: status.state, tone: 'calm' };
  }
}
