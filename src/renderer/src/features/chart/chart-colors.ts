/** The colours a canvas needs, as the library understands them (`rgba()`), under the names of `theme.css`. */
const NAMES = {
  bg: '--bg',
  raised: '--raised',
  line: '--line',
  lineStrong: '--line-strong',
  text: '--text',
  muted: '--muted',
  faint: '--faint',
  up: '--up',
  down: '--down',
  warn: '--warn',
  accent: '--accent',
  accentSoft: '--accent-soft',
  onAccent: '--on-accent',
  emaFast: '--ema-fast',
  emaSlow: '--ema-slow',
} as const;

export type ChartColors = { readonly [Name in keyof typeof NAMES]: string };

const NAME_LIST = Object.keys(NAMES) as (keyof typeof NAMES)[];

/** Reads the theme in force at `element`. The theme speaks OKLCH, which the library cannot parse: a pixel can. */
export function readColors(element: Element): ChartColors {
  const style = getComputedStyle(element);
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const entries = NAME_LIST.map((name) => {
    const value = style.getPropertyValue(NAMES[name]).trim();
    return [name, context === null ? value : toRgba(context, value)];
  });
  // One entry per name, by construction.
  return Object.fromEntries(entries) as ChartColors;
}

/** The same colour, `alpha` times as opaque. Takes what `readColors` gives. */
export function faded(color: string, alpha: number): string {
  const [red = '0', green = '0', blue = '0', opacity = '1'] = color.match(/[\d.]+/g) ?? [];
  return `rgba(${red}, ${green}, ${blue}, ${Math.round(Number(opacity) * alpha * 1_000) / 1_000})`;
}

/** Calls back when the theme may have changed: the page's attributes, or the system's taste. Returns the way to stop. */
export function watchTheme(onChange: () => void): () => void {
  const attributes = new MutationObserver(onChange);
  attributes.observe(document.documentElement, { attributes: true });
  const system = matchMedia('(prefers-color-scheme: light)');
  system.addEventListener('change', onChange);
  return () => {
    attributes.disconnect();
    system.removeEventListener('change', onChange);
  };
}

function toRgba(context: CanvasRenderingContext2D, color: string): string {
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 255] = context.getImageData(0, 0, 1, 1).data;
  return `rgba(${red}, ${green}, ${blue}, ${Math.round((alpha / 255) * 1_000) / 1_000})`;
}
