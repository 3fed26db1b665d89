import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { storedMaximum } from '@main/scan/frame-files';
import { temporaryFolders } from './folder';
import { writeTiff } from './write-tiff';

const newFolder = temporaryFolders();

it.each([
  ['u8', 255],
  ['i16', 32_767],
  ['u16', 65_535],
  ['i32', 2 ** 31 - 1],
  ['f32', undefined],
] as const)('images stored as %s saturate at %s', (type, maximum) => {
  const path = join(newFolder(), 'a.tif');
  const kind = {
    little: true,
    big: false,
    tile: undefined,
    rowsPerStrip: 2,
    compression: 'none',
    predictor: 1,
  } as const;
  writeFileSync(
    path,
    writeTiff(
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
      { ...kind, type },
    ),
  );
  expect(storedMaximum([{ path, page: 0 }]).typeMaximum).toBe(maximum);
  expect(storedMaximum([])).toEqual({});
});
