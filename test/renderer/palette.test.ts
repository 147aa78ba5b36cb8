import { describe, expect, it } from 'vitest';
import { type PaletteItem, searchItems } from '../../src/renderer/src/features/palette/search-items.ts';

const item = (title: string, detail: string): PaletteItem => ({
  id: title,
  kind: 'symbol',
  title,
  detail,
  run: () => undefined,
});
const items = [
  item('ADANIENT', 'Adani Enterprises'),
  item('M&M', 'Mahindra & Mahindra'),
  item('MARUTI', 'Maruti Suzuki India'),
  item('RELIANCE', 'Reliance Industries'),
  item('5m', '5 minutes'),
  item('M', '1 month'),
  item('Theme: light', 'Appearance'),
];
const find = (typed: string): readonly string[] => searchItems(items, typed).map(({ title }) => title);

describe('the palette’s search', () => {
  it('shows everything, in its order, before anything is typed', () => {
    expect(find('  ')).toEqual(items.map(({ title }) => title));
  });

  it('puts what is called exactly that first, then what begins with it', () => {
    expect(find('m').slice(0, 3)).toEqual(['M', 'M&M', 'MARUTI']);
  });

  it('finds words in the title, the company’s name, and letters in their order', () => {
    expect(find('light')).toEqual(['Theme: light']);
    expect(find('suzuki')).toEqual(['MARUTI']);
    expect(find('rlnc')).toEqual(['RELIANCE']);
    expect(find('theme  li')).toEqual(['Theme: light']);
  });

  it('finds nothing where there is nothing', () => {
    expect(find('qqq')).toEqual([]);
  });
});
