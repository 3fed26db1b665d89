import { describe, expect, it } from 'vitest';
import { colourMapNames, levels, lookupTable, parseColour } from '@renderer/drawing/slices/colour-map';

const bytes = (name: (typeof colourMapNames)[number], level: number): number[] => {
  const table = lookupTable(name);
  return [...new Uint8Array(table.buffer, level * 4, 4)];
};
/** Relative luminance as CIE defines it for sRGB. */
const luminance = ([r, g, b]: readonly number[]): number => {
  const linear = (c: number): number => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(r!) + 0.7152 * linear(g!) + 0.0722 * linear(b!);
};

describe('lookupTable', () => {
  it('starts and ends with the published colours of Viridis (matplotlib)', () => {
    expect(bytes('viridis', 0)).toEqual([0x44, 0x01, 0x54, 255]);
    expect(bytes('viridis', 255)).toEqual([0xfd, 0xe7, 0x25, 255]);
  });

  it('runs from black to white for grey', () => {
    expect(bytes('grey', 0)).toEqual([0, 0, 0, 255]);
    expect(bytes('grey', 255)).toEqual([255, 255, 255, 255]);
  });

  it.each(colourMapNames)('grows brighter with intensity all along %s, so that more is never darker', (name) => {
    for (let level = 8; level < levels; level += 8)
      expect(luminance(bytes(name, level))).toBeGreaterThan(luminance(bytes(name, level - 8)));
  });
});

describe('parseColour', () => {
  it('reads both notations of d3', () => {
    expect(parseColour('#0a10ff')).toEqual([10, 16, 255]);
    expect(parseColour('rgb(1, 22, 255)')).toEqual([1, 22, 255]);
  });

  it('reads what a build has shortened', () => {
    expect(parseColour('#f0a')).toEqual(parseColour('#ff00aa'));
  });

  it('refuses anything else', () => {
    expect(() => parseColour('tomato')).toThrow(RangeError);
  });
});
