/**
 * The lively hours live, the quiet ones by a look now and then. It stands by itself because a page may not load what
 * checks settings: that makes functions out of text, which the page's policy forbids.
 */
export const USUAL_SCHEDULE: { from: string; mode: 'streaming' | 'polling' }[] = [
  { from: '09:15', mode: 'streaming' },
  { from: '10:00', mode: 'polling' },
  { from: '14:00', mode: 'streaming' },
];
