export interface KeyHelp {
  /** As a person reads it; alternatives are separate entries. */
  readonly keys: readonly string[];
  readonly does: string;
}

export interface KeyGroup {
  readonly title: string;
  readonly keys: readonly KeyHelp[];
}

/** All keys, for the help that `?` opens. */
export const KEY_GROUPS: readonly KeyGroup[] = [
  {
    title: 'Everywhere',
    keys: [
      { keys: ['Ctrl K'], does: 'Search symbols, timeframes and commands' },
      { keys: ['?'], does: 'Show these keys' },
      { keys: ['Ctrl ,'], does: 'Settings' },
      { keys: ['['], does: 'Show or hide the watchlist' },
      { keys: [']'], does: 'Show or hide the alerts' },
      { keys: ['Esc'], does: 'Close what is on top' },
    ],
  },
  {
    title: 'Timeframe',
    keys: [
      { keys: ['5 s', '4 5 s'], does: 'Seconds: digits, then s' },
      { keys: ['1 m', '1 5 m'], does: 'Minutes: digits, then m' },
      { keys: ['h', '2 h', '4 h'], does: 'Hours' },
      { keys: ['d', 'w', 'm'], does: 'Day, week, month' },
    ],
  },
  {
    title: 'Watchlist',
    keys: [
      { keys: ['/'], does: 'Filter' },
      { keys: ['↑', '↓'], does: 'Move in the list' },
      { keys: ['Enter'], does: 'Show on the chart' },
      { keys: ['Alt ↑', 'Alt ↓'], does: 'Chart the previous or next row' },
    ],
  },
  {
    title: 'Chart',
    keys: [
      { keys: ['←', '→'], does: 'Move through time' },
      { keys: ['+', '−'], does: 'Zoom' },
      { keys: ['Home'], does: 'Oldest bars loaded' },
      { keys: ['End'], does: 'Back to now' },
      { keys: ['R'], does: 'Usual view' },
    ],
  },
  {
    title: 'Writing a rule',
    keys: [
      { keys: ['Ctrl Space'], does: 'Show what could be written' },
      { keys: ['Ctrl .'], does: 'Take the first suggested fix' },
      { keys: ['Ctrl Enter'], does: 'Save' },
      { keys: ['Tab'], does: 'Leave the sentence' },
    ],
  },
];
