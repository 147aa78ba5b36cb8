import type { Page } from 'playwright-core';

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How many pixels of the chart's upper pane have one of these colours of the theme: 0 is a blank chart. */
export function paintedPixels(page: Page, colors: readonly string[]): Promise<number> {
  return page.evaluate((names) => {
    const pane = document.querySelector<HTMLCanvasElement>('.chart-plot td:nth-child(2) canvas');
    const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    // A copy is read, because reading makes the browser draw a canvas more slowly from then on.
    const copy = document.createElement('canvas');
    const context = copy.getContext('2d', { willReadFrequently: true });
    if (pane === null || context === null || pixel === null) return 0;
    copy.width = pane.width;
    copy.height = pane.height;
    context.drawImage(pane, 0, 0);
    const wanted = names.map((name) => {
      pixel.clearRect(0, 0, 1, 1);
      pixel.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
      pixel.fillRect(0, 0, 1, 1);
      return [...pixel.getImageData(0, 0, 1, 1).data];
    });
    const { data } = context.getImageData(0, 0, pane.width, pane.height);
    let count = 0;
    for (let at = 0; at < data.length; at += 4)
      if (wanted.some(([red, green, blue]) => data[at] === red && data[at + 1] === green && data[at + 2] === blue))
        count += 1;
    return count;
  }, colors);
}

/** The colour of one pixel of the chart's upper pane, as `red green blue alpha`. */
export function colorAt(page: Page, x: number, y: number): Promise<string> {
  return page.evaluate(
    ([column, row]) => {
      const pane = document.querySelector<HTMLCanvasElement>('.chart-plot td:nth-child(2) canvas');
      const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
      if (pane === null || pixel === null) return '';
      pixel.drawImage(pane, -column, -row);
      return [...pixel.getImageData(0, 0, 1, 1).data].join(' ');
    },
    [x, y] as const,
  );
}

/** A place in `area` where the pointer turns into a hand, looked for as a person would: by going there. */
export async function findPointer(page: Page, area: Area): Promise<{ x: number; y: number } | undefined> {
  const STEP = 12;
  for (let x = area.x + area.width; x > area.x; x -= STEP) {
    for (let y = area.y; y < area.y + area.height; y += STEP) {
      await page.mouse.move(x, y);
      const cursor = await page.evaluate(
        ([left, top]) => getComputedStyle(document.elementFromPoint(left, top) ?? document.body).cursor,
        [x, y] as const,
      );
      if (cursor === 'pointer') return { x, y };
    }
  }
  return undefined;
}
