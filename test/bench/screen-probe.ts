/** What the page has seen since `start`, for `screen.ts`. */
export interface Seen {
  /** Painted frames a second. */
  readonly framesPerSecond: number;
  /** Durations of tasks that held the page up, ms: the browser reports those over 50. */
  readonly longTasks: readonly number[];
  /** From a batch's arrival to the painted frame in which a price of it had changed, ms. */
  readonly toPixel: readonly number[];
  /** The engine's own word on the way before that, at the 95th percentile, ms; the last one it gave. */
  readonly engineP95Ms: number | undefined;
}

declare global {
  interface Window {
    readonly probe: { start(): void; stop(): Seen; switchTo(label: string, spoken: string): Promise<number> };
  }
}

/** Runs in the page before its own scripts. It stands alone: the browser gets its text, without this file's imports. */
export function installProbe(): void {
  let since = 0;
  let frames = 0;
  let longTasks: number[] = [];
  let toPixel: number[] = [];
  let engineP95Ms: number | undefined;
  let arrived: number | undefined;
  let written = false;

  const count = (): void => {
    frames += 1;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    entryTypes: ['longtask'],
  });
  const isPrice = (node: Node): boolean => node instanceof Element && node.classList.contains('watch-ltp');
  new MutationObserver((changes) => {
    if (changes.some(({ target }) => isPrice(target))) written = true;
  }).observe(document, { subtree: true, childList: true });

  // A message to ourselves, sent while a frame is made, is delivered once that frame is painted.
  const painted = new MessageChannel();
  painted.port1.onmessage = () => {
    if (written && arrived !== undefined) toPixel.push(performance.now() - arrived);
    if (written) arrived = undefined;
    written = false;
  };
  const heard = ({ data }: MessageEvent<string>): void => {
    engineP95Ms = Number(/"latencyP95Ms":([\d.]+)/.exec(data)?.[1] ?? engineP95Ms ?? Number.NaN);
    if (!data.includes('"type":"quote"')) return;
    arrived ??= performance.now();
    requestAnimationFrame(() => painted.port2.postMessage(undefined));
  };
  const Socket = window.WebSocket;
  window.WebSocket = class extends Socket {
    constructor(url: string | URL) {
      super(url);
      this.addEventListener('message', heard);
    }
  };

  const probe: Window['probe'] = {
    start() {
      since = performance.now();
      [frames, longTasks, toPixel, arrived] = [0, [], [], undefined];
    },
    stop() {
      const framesPerSecond = (frames * 1_000) / (performance.now() - since);
      return { framesPerSecond, longTasks, toPixel, engineP95Ms };
    },
    async switchTo(label, spoken) {
      const buttons = [...document.querySelectorAll<HTMLElement>('[role=group][aria-label=Timeframe] button')];
      const said = (): string => document.querySelector('.chart-panel > [role=status]')?.textContent ?? '';
      const begin = performance.now();
      buttons.find((button) => button.textContent?.trim() === label)?.click();
      while (!said().includes(`, ${spoken}:`)) await new Promise((done) => setTimeout(done, 1));
      await new Promise((done) => requestAnimationFrame(done));
      return performance.now() - begin;
    },
  };
  Object.defineProperty(window, 'probe', { value: probe });
}
