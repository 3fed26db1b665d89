import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSettings } from '@main/ledger/settings';
import { modelOfApp, modelUsed } from '@main/cli/model-used';
import { openLedger } from '@main/ledger/ledger';

let home = '';
let said = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'braggwatch-home-'));
  said = '';
  vi.stubEnv('BRAGGWATCH_HOME', home);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((said += String(text)), true));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

describe('the model of a command', () => {
  it('is the shipped one, whatever was chosen in the app, which is told', () => {
    expect(modelUsed(undefined)).toBe('three-class');
    expect(said).toBe('Model: three-class\n');
    const ledger = openLedger(join(home, 'ledger.sqlite'));
    createSettings(ledger).saveModel({ active: '/home/lea/models/mine', previous: 'three-class' });
    said = '';
    // Also while the app holds the ledger open.
    expect(modelUsed(undefined)).toBe('three-class');
    expect(said).toContain(
      'The app here judges by /home/lea/models/mine; --model /home/lea/models/mine takes that one.',
    );
    ledger.close();
    said = '';
    expect(modelUsed('two-class')).toBe('two-class');
    expect(said).toBe('Model: two-class\n');
  });

  it('needs no ledger, and leaves alone one that it cannot read', () => {
    expect(modelOfApp(join(home, 'nowhere'))).toBeUndefined();
    writeFileSync(join(home, 'ledger.sqlite'), 'no database');
    expect(modelOfApp(home)).toBeUndefined();
  });
});
