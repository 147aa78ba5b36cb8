/** How a login by the venue's page ended, as a sentence for the browser. */
export interface LoginOutcome {
  /** `unknown`: nobody asked for this, or too long ago, or it has been answered. */
  readonly kind: 'done' | 'refused' | 'unknown';
  readonly sentence: string;
}

/** What a door needs to take the browser back from a venue's page. */
export interface LoginDoor {
  /** The address the venue sends the browser to, without its query. */
  redirectOf(broker: string): string;
  /**
   * The query that the browser brought back; its `state` must be that of a login which is pending. Never throws, but
   * for an abort of `stop`; no sentence holds what the query did.
   */
  finish(broker: string, query: URLSearchParams, stop: AbortSignal): Promise<LoginOutcome>;
  /** The person does not come back: nothing is waited for any more. */
  callOff(broker: string): void;
}
