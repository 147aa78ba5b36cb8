/**
 * The two instruments of the venue's own examples, uid and FIGI. For reading recordings of single calls, whose answers
 * name no instrument; what is watched is always looked up at the venue.
 */
export const DOCUMENTED_FIGI: Readonly<Record<string, string>> = {
  'e6123145-9665-43e0-8413-cd61b8aa9b13': 'BBG004730N88',
  '962e2a95-02a9-4171-abd7-aa198dbe643a': 'BBG004730RP0',
};
