import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { threadScript, withoutBinary } from '@main/relax/wasm/glue';

describe("the script of LAMMPS' threads", () => {
  it('is the package’s own without its 39 MB of WebAssembly: still as it was built when this was written', () => {
    const whole = readFileSync(
      fileURLToPath(new URL('../../../node_modules/lammps.js/dist/cpp/lammps-atomify.js', import.meta.url)),
      'utf8',
    );
    const script = withoutBinary(whole)!;
    expect(script.length).toBeLessThan(1e6);
    const cut = script.indexOf('binaryDecode("")');
    expect(cut).toBeGreaterThan(0);
    // Nothing but the literal is missing: what is left is the beginning and the end of the whole.
    const kept = cut + 'binaryDecode("'.length;
    expect(whole.startsWith(script.slice(0, kept))).toBe(true);
    expect(whole.endsWith(script.slice(kept))).toBe(true);
  });

  it('is cut at the end of the literal, not at a quote inside it, and left alone where there is none', () => {
    expect(withoutBinary('a;return binaryDecode("x\\"y\\\\");b("c")')).toBe('a;return binaryDecode("");b("c")');
    expect(withoutBinary('return somethingElse("x")')).toBeUndefined();
    expect(withoutBinary('return binaryDecode("x')).toBeUndefined();
  });

  it('is removed once the threads run', () => {
    const { options, remove } = threadScript();
    expect(existsSync(options.mainScriptUrlOrBlob!)).toBe(true);
    remove();
    expect(existsSync(options.mainScriptUrlOrBlob!)).toBe(false);
  });
});
