/** The name under which this page speaks of itself: two pages on one engine watch two charts. */
export const SCREEN = `screen-${crypto.randomUUID()}`;
