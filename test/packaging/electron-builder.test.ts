import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { globSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, matchesGlob } from 'node:path';
import { expect, test } from 'vitest';

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '..', '..');

interface Packaging {
  readonly asar: boolean;
  readonly asarUnpack: readonly string[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly linux: { readonly target: readonly string[] };
}
const { default: packaging } = (await import(join(root, 'electron-builder.mjs'))) as { default: Packaging };

/** A file with the fuse wire of an unfused Electron binary: sentinel, version, length, one character per fuse. */
function unfusedBinary(): string {
  const path = join(mkdtempSync(join(tmpdir(), 'braggwatch-fuses-')), 'electron');
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.alloc(64),
      Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
      Buffer.of(1, 9),
      Buffer.from('101001010'),
    ]),
  );
  return path;
}

test('the fuses of the packaged app, burnt into a binary and read back', async () => {
  const fuses = Object.fromEntries(
    Object.entries(packaging.electronFuses).map(([name, on]) => {
      const fuse = FuseV1Options[((name[0] ?? '').toUpperCase() + name.slice(1)) as keyof typeof FuseV1Options];
      expect(fuse, name).toBeDefined();
      return [fuse, on];
    }),
  );
  const binary = unfusedBinary();
  await flipFuses(binary, { version: FuseVersion.V1, ...fuses });
  const wire = await getCurrentFuseWire(binary);
  const state = (fuse: FuseV1Options): string => FuseState[wire[fuse] as FuseState];
  expect({
    runAsNode: state(FuseV1Options.RunAsNode),
    nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: state(FuseV1Options.EnableNodeCliInspectArguments),
    cookieEncryption: state(FuseV1Options.EnableCookieEncryption),
    asarOnly: state(FuseV1Options.OnlyLoadAppFromAsar),
    asarIntegrity: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    filePrivileges: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: 'DISABLE',
    nodeOptions: 'DISABLE',
    inspect: 'DISABLE',
    cookieEncryption: 'ENABLE',
    asarOnly: 'ENABLE',
    asarIntegrity: 'ENABLE',
    filePrivileges: 'DISABLE',
  });
});

test('what no archive can hold is unpacked: native code, filter plugins, models', () => {
  expect(packaging.asar).toBe(true);
  const native = globSync('node_modules/{onnxruntime-node/bin,h5wasm-plugins/plugins}/**/*.{node,so,so.1,dylib,dll}', {
    cwd: root,
  });
  expect(native.length).toBeGreaterThan(10);
  for (const file of [...native, 'models/three-class/model.onnx']) {
    expect(
      packaging.asarUnpack.some((pattern) => matchesGlob(file, pattern)),
      file,
    ).toBe(true);
  }
});

test('Linux gets what the beamlines install', () => {
  expect(packaging.linux.target).toEqual(expect.arrayContaining(['tar.gz', 'rpm', 'deb', 'AppImage']));
});

test('the packager accepts its configuration', async () => {
  const { validateConfiguration } = require('app-builder-lib/out/util/config/config.js') as {
    validateConfiguration(config: unknown, log: { isEnabled: boolean }): Promise<void>;
  };
  await expect(validateConfiguration(packaging, { isEnabled: false })).resolves.toBeUndefined();
  await expect(validateConfiguration({ ...packaging, electronFuzes: {} }, { isEnabled: false })).rejects.toThrow();
});
