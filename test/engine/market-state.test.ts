import { expect, it } from 'vitest';
import { marketStateAt } from '../../src/main/engine/market-state.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';

it.each([
  ['on a morning before the open', '2026-10-30T08:00', 'closed', '2026-10-30T09:15'],
  ['in continuous trading', '2026-10-30T10:00', 'open', '2026-10-30T15:15'],
  ['in the closing auction', '2026-10-30T15:20', 'closing-auction', '2026-10-30T15:35'],
  ['after it, on a Friday', '2026-10-30T15:35', 'closed', '2026-11-02T09:15'],
  ['at a quarter past three before there was an auction', '2026-07-31T15:20', 'open', '2026-07-31T15:30'],
  ['on the eve of a holiday', '2026-11-23T16:00', 'closed', '2026-11-25T09:15'],
  ['in the pause of a two-part day', '2024-03-02T10:30', 'closed', '2024-03-02T11:30'],
  ['in the second part', '2024-03-02T11:31', 'open', '2024-03-02T12:30'],
])('knows the phase %s', (_case, now, phase, until) => {
  expect(marketStateAt(nse(), ist(now))).toEqual({ phase, until: ist(until) });
});
