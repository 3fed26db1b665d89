import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toMacro } from '@main/export/macro';
import { temporaryFolder } from '../../support/build';
import { exported } from './scans';

const python = ['python3', 'python'].find((name) => spawnSync(name, ['--version']).status === 0);
const facts = { version: '0.1.0', made: '2026-05-13T03:00:00.000Z' };

/** Loads a macro in Python, in a session whose motors are pix, piy and piz; what was printed, umv's calls among it. */
function session(macro: string, commands: string): { out: string; error: string } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'bliss', 'shell'), { recursive: true });
  writeFileSync(join(folder, 'bliss', '__init__.py'), '');
  writeFileSync(join(folder, 'bliss', 'setup_globals.py'), 'pix, piy, piz = "<pix>", "<piy>", "<piz>"\n');
  writeFileSync(join(folder, 'bliss', 'shell', '__init__.py'), '');
  writeFileSync(join(folder, 'bliss', 'shell', 'standard.py'), 'def umv(*args): print("UMV", args)\n');
  writeFileSync(join(folder, 'flagged.py'), macro);
  writeFileSync(join(folder, 'run.py'), `import flagged as user\n${commands}\n`);
  const { stdout, stderr } = spawnSync(python!, ['run.py'], { cwd: folder, encoding: 'utf8' });
  return { out: stdout, error: stderr };
}

const placed = exported({
  positions: [
    { motor: 'pix', value: -12.5, unit: 'um' },
    { motor: 'piy', value: 3, unit: 'um' },
  ],
});

describe.skipIf(python === undefined)('the BLISS macro, run by Python', () => {
  it('moves nothing when it is loaded, and to one particle by umv', () => {
    expect(session(toMacro([placed], facts), '').out).toBe('');
    const { out } = session(toMacro([exported(), placed], facts), 'user.goto_particle(1, ask=False)');
    expect(out.trim()).toBe("UMV ('<pix>', -12.5, '<piy>', 3)");
  });

  it('moves nothing where a motor is not in the session, or no position is recorded', () => {
    const strange = exported({ positions: [...placed.positions!, { motor: 'elsewhere', value: 1, unit: '' }] });
    const missing = session(toMacro([strange], facts), 'user.goto_particle(0, ask=False)');
    expect(missing.out).toBe('');
    expect(missing.error).toContain('no motor elsewhere in this session; nothing was moved');
    const { out } = session(toMacro([exported()], facts), 'user.goto_particle(0, ask=False)');
    expect(out).toContain('S0037: no position is recorded for this scan');
    expect(out).not.toContain('UMV');
  });

  it('takes free text for text, whatever it says', () => {
    const note = '"""\nimport os; print("HACKED")\n\\ \' \u2028 {0} %s';
    const hostile = exported({
      note,
      scan: '"); print("HACKED")',
      title: '"""',
      positions: [{ motor: 'pix"); print("HACKED', value: 1, unit: '"""' }],
    });
    const { out, error } = session(
      toMacro([hostile], facts),
      'print(ascii(user.PARTICLES[0]["note"]))\nprint(user.PARTICLES[0]["positions"])',
    );
    expect(error).toBe('');
    expect(out.split('\n')).toHaveLength(3);
    expect(out).not.toMatch(/^HACKED/m);
    expect(out).toContain('\\u2028 {0} %s');
    expect(out).toContain('[]');
  });

  it('lists what was overruled by the person’s class', () => {
    const overruled = { class: 'edge' as const, by: 'Lea', at: '2026-05-13T02:00:00.000Z' };
    expect(session(toMacro([{ ...placed, overruled }], facts), 'user.particles()').out).toMatch(
      /0 {2}S0037 {2}edge {2}pix -12\.5 {2}piy 3/,
    );
  });
});
