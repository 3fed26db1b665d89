import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { percent } from '@contract/percent';
import { readCard } from '@main/engine/model';

const root = join(import.meta.dirname, '../..');
const page = (path: string): string => readFileSync(join(root, path), 'utf8').replaceAll(/\s+/g, ' ');

test.each(['three-class', 'two-class'])(
  'README and the page of %s tell its accuracy as its card does, with its set',
  async (name) => {
    const { test: tested } = await readCard(join(root, 'models', name));
    const told = `${percent(tested.accuracy)} of the 2800 patterns`;
    expect(tested.patterns).toBe(2800);
    expect(page(`models/${name}/README.md`)).toContain(told);
    expect(page('README.md')).toContain(name === 'three-class' ? told : `${percent(tested.accuracy)} of the same 2800`);
    if (name === 'three-class')
      expect(page('README.md')).toContain(`${percent(tested.twoClassAccuracy)} defective or not`);
  },
);
