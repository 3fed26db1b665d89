import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import type * as ElectronBuilder from 'electron-builder';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, globSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, matchesGlob } from 'node:path';
import { expect, test } from 'vitest';

const require = createRequire(import.meta.url);
const root = join(import.meta.dirname, '..', '..');

interface Named {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly main: string;
}

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

/** A small app in place of ours and a few files in place of Electron's, which npm alone does not bring: the rest of packaging is as it is. */
function standIn(): { project: string; dist: string; out: string } {
  const base = mkdtempSync(join(tmpdir(), 'braggwatch-package-'));
  const put = (path: string, bytes: string | Buffer): void => {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), bytes);
  };
  const files = [
    'out/main/index.js',
    'resources/errors.json',
    'models/three-class/model.onnx',
    'resources/licences/GPL-2.0.txt',
  ];
  for (const file of [...files, 'LICENSE', 'out/third-party-notices.txt', 'out/reports/report.json', 'test/a.test.ts'])
    put(`app/${file}`, file);
  const { name, version, description, main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Named;
  const author = 'The Braggwatch developers';
  put('app/package.json', JSON.stringify({ name, version, description, main, author, dependencies: {} }));
  copyFileSync(unfusedBinary(), join(mkdtempSync(join(base, 'dist-')), 'electron'));
  const dist = globSync('dist-*', { cwd: base }).map((folder) => join(base, folder))[0]!;
  chmodSync(join(dist, 'electron'), 0o755);
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'version'])
    writeFileSync(join(dist, file), file);
  return { project: join(base, 'app'), dist, out: join(base, 'made') };
}

const { version: electronVersion } = require('electron/package.json') as { version: string };

test('all but the binary itself is packed as it should be, around a stand-in for it', async () => {
  const { project, dist, out } = standIn();
  const { build, Platform } = require('electron-builder') as typeof ElectronBuilder;
  await build({
    projectDir: project,
    targets: Platform.LINUX.createTarget('dir'),
    publish: 'never',
    // There are no packages in the small app, where the packager would find out which Electron it is for.
    config: { ...packaging, electronVersion, electronDist: dist, directories: { output: out } } as never,
  });
  const app = join(out, 'linux-unpacked');
  const binary = join(app, 'braggwatch');
  // The fuses are burnt into the program's own binary.
  const wire = await getCurrentFuseWire(binary);
  expect(FuseState[wire[FuseV1Options.RunAsNode] as FuseState]).toBe('DISABLE');
  expect(FuseState[wire[FuseV1Options.OnlyLoadAppFromAsar] as FuseState]).toBe('ENABLE');
  // Beside it, what people look for there.
  expect(readFileSync(join(app, 'LICENSE.braggwatch.txt'), 'utf8')).toBe('LICENSE');
  expect(readFileSync(join(app, 'third-party-notices.txt'), 'utf8')).toBe('out/third-party-notices.txt');
  expect(readFileSync(join(app, 'GPL-2.0.txt'), 'utf8')).toBe('resources/licences/GPL-2.0.txt');
  // The app in its archive, what no archive can hold beside it, and nothing that nobody needs.
  const { listPackage } = require('@electron/asar') as { listPackage(path: string, options: object): string[] };
  const packed = listPackage(join(app, 'resources', 'app.asar'), {});
  expect(packed).toEqual(expect.arrayContaining(['/out/main/index.js', '/resources/errors.json', '/package.json']));
  expect(packed.filter((path) => /reports|test/.test(path))).toEqual([]);
  const models = join(app, 'resources', 'app.asar.unpacked', 'models', 'three-class', 'model.onnx');
  expect(readFileSync(models, 'utf8')).toBe('models/three-class/model.onnx');
});

test('without the binary nothing is built, and it is said where it comes from', () => {
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: mkdtempSync(join(tmpdir(), 'braggwatch-none-')) };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts', 'package.mjs')], {
    encoding: 'utf8',
    env,
  });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain('npx install-electron');
});
