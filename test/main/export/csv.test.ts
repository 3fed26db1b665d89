import { expect, it } from 'vitest';
import { toCsv } from '@main/export/csv';
import { exported } from './scans';

/** A reader of RFC 4180 written for these tests from its grammar, so that the writer is not measured by itself. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      at++;
      while (!(text[at] === '"' && text[at + 1] !== '"')) {
        if (text[at] === '"') at++;
        cell += text[at++];
      }
      at++;
    } else while (at < text.length && !',\r\n'.includes(text[at]!)) cell += text[at++];
    row.push(cell);
    if (text[at] === ',') at++;
    else {
      expect(text.slice(at, at + 2)).toBe('\r\n');
      at += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

const table = (...scans: Parameters<typeof toCsv>[0]): Record<string, string>[] => {
  const [head = [], ...rows] = readCsv(toCsv(scans));
  return rows.map((cells) => {
    expect(cells).toHaveLength(head.length);
    return Object.fromEntries(head.map((name, n) => [name, cells[n]!]));
  });
};

it('keeps commas, quotes and line breaks of a note', () => {
  const note = 'twin, "maybe"\r\nask Lea\nnow';
  expect(table(exported({ note }), exported({ scan: 'S0038' }))).toMatchObject([{ note }, { scan: 'S0038', note: '' }]);
});

it.each(['=1+1', '+33', '-2', '@SUM(A1)', '\t=1+1', '\r=cmd', '\n-3'])('lets no spreadsheet run %j', (note) => {
  expect(table(exported({ note }))[0]?.['note']).toBe(`'${note}`);
});

it('lets none run what stands behind a semicolon, where a field ends in half of the world', () => {
  expect(table(exported({ note: 'Pt;=1+1; -3;fine' }))[0]?.['note']).toBe("Pt;'=1+1;' -3;fine");
});

it('writes all that is known of a scan, one fact a column', () => {
  const known = {
    sample: 'Pt on sapphire',
    hkl: [1, -1, 1] as [number, number, number],
    peak: [20, 47, 49],
    doubts: ['models-disagree' as const, 'character' as const],
    warnings: [{ code: 'distance-assumed' as const, message: '' }],
    model: { name: 'three-class', hash: 'abc' },
    result: '/home/lea/results/S0037-a1b2c3.nxs',
  };
  expect(table(exported(known))[0]).toMatchObject({
    ...{ id: 'a1', format: 'bliss', sample: 'Pt on sapphire', hkl: '1 -1 1', peak: '20 47 49', model: 'three-class' },
    ...{
      doubts: 'models-disagree character',
      warnings: 'distance-assumed',
      result: known.result,
      early: '',
      problem: '',
    },
  });
});

it('leaves negative numbers numbers', () => {
  const positions = [{ motor: 'pix', value: -12.5, unit: 'um' }];
  expect(table(exported({ positions }))[0]?.['pix (um)']).toBe('-12.5');
});

it('gives every motor a column, empty where a scan has none', () => {
  const at = (motor: string, value: number) => ({ positions: [{ motor, value, unit: 'um' }] });
  expect(table(exported(at('piy', 2)), exported(at('pix', 1)))).toMatchObject([
    { 'pix (um)': '', 'piy (um)': '2' },
    { 'pix (um)': '1', 'piy (um)': '' },
  ]);
});

it('writes a person’s class beside the network’s', () => {
  const overruled = { class: 'perfect' as const, by: 'Lea', at: '2026-05-13T02:00:00.000Z' };
  expect(table(exported({ overruled }))[0]).toMatchObject({
    class: 'screw',
    overruled: 'perfect',
    overruled_by: 'Lea',
  });
});

it('hands a terminal nothing that it would obey, and keeps line breaks', () => {
  const note = 'a\u001b[31mred\u001b]0;title\u0007\u009b2J\u202e\r\nb\tc\rd';
  expect(table(exported({ note }))[0]?.['note']).toBe(
    'a\\u001b[31mred\\u001b]0;title\\u0007\\u009b2J\\u202e\r\nb\tc\rd',
  );
});

it('lets no spreadsheet run the name of a motor', () => {
  const [head] = readCsv(toCsv([exported({ positions: [{ motor: '=cmd', value: 1, unit: 'um' }] })]));
  expect(head).toContain("'=cmd (um)");
});
