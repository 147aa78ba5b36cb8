import type { ChannelMessage } from '../../src/main/engine/ports.ts';
import { sampleAlert } from '../support/sample-alert.ts';

/** A message of one alert of a real market, unless told otherwise. */
export function sampleMessage(other: Partial<ChannelMessage> = {}): ChannelMessage {
  const alerts = other.alerts ?? [sampleAlert()];
  return {
    id: alerts.map(({ id }) => id).join('\n'),
    alerts,
    ruleNames: { 'ema-cross': 'EMA cross' },
    world: 'market',
    isLate: false,
    isTest: false,
    ...other,
  };
}
