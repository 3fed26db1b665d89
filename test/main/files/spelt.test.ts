import fc from 'fast-check';
import { expect, it } from 'vitest';
import { spelt, speltLines } from '@main/files/spelt';

it('spells what a terminal would obey', () => {
  expect(spelt('Pt\u001b[31m\u0007 \u009b2J\n')).toBe('Pt\\u001b[31m\\u0007 \\u009b2J\\u000a');
  expect(speltLines('S0001\tPt\n    a note\r')).toBe('S0001\tPt\n    a note\\u000d');
});

it('leaves no control character, every other one as it is, and JSON what it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(spelt(text)).not.toMatch(/\p{Cc}/u);
      expect(spelt(text).replaceAll(/\\u00[0-9a-f]{2}/g, '')).toBe(text.replaceAll(/\p{Cc}|\\u00[0-9a-f]{2}/gu, ''));
      expect(JSON.parse(speltLines(JSON.stringify({ text })))).toEqual({ text });
    }),
  );
});
