import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { classRules } from '@renderer/ui/class-styles';
import { classColours } from '@vocabulary/colours';

it('every colour of a class is in every theme, and every class has a rule', () => {
  const themes = readFileSync('src/renderer/styles/tokens.css', 'utf8').split(':root').slice(1);
  expect(themes.length).toBe(3);
  for (const theme of themes) {
    for (const colour of Object.keys(classColours)) {
      expect(theme).toMatch(new RegExp(`--${colour}: #[0-9a-f]{6};`));
      expect(theme).toMatch(new RegExp(`--${colour}-soft: #[0-9a-f]{6};`));
    }
  }
  expect(classRules).toContain('.screw { color: var(--rust); --soft: var(--rust-soft); }');
});
