import type { EpochMs } from './brand.ts';

/** Where a feed stands. The screen shows exactly this; there is no second source. */
export type FeedStatus =
  | { readonly state: 'idle' }
  | { readonly state: 'connecting'; readonly attempt: number }
  | { readonly state: 'live'; readonly since: EpochMs }
  /** The socket is open but silent during market hours: prices on screen are old. */
  | { readonly state: 'stale'; readonly lastTickAt: EpochMs }
  | { readonly state: 'waiting'; readonly retryAt: EpochMs; readonly reason: string }
  | { readonly state: 'finished' }
  | { readonly state: 'stopped'; readonly reason: 'by-user' | 'auth-expired' | 'failed'; readonly message?: string };
