/** Runs a callback with the next painted frame. A hidden window paints none. */
export type NextFrame = (callback: () => void) => unknown;

/** The browser's own, looked up when called so that tests may load this file without one. */
export const paintedFrame: NextFrame = (callback) => requestAnimationFrame(callback);
