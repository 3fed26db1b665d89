import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// What `npx install-electron` brought is packed as it is; without it electron-builder fetches its own.
const dist = fileURLToPath(new URL('node_modules/electron/dist', import.meta.url));

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'org.braggwatch.app',
  productName: 'Braggwatch',
  copyright: 'MIT licence',
  ...(existsSync(dist) && { electronDist: dist }),
  directories: { output: 'dist' },
  files: [
    'out/**',
    '!out/reports',
    '!out/.sources',
    'resources/**',
    'models/**',
    'package.json',
    // Of ONNX Runtime's binaries only this platform's are of use.
    '!node_modules/onnxruntime-node/bin/napi-v6/!(${platform})/**',
    // LAMMPS comes in three builds; the one with embedded-atom potentials is used.
    '!node_modules/lammps.js/dist/cpp/lammps.js',
    '!node_modules/lammps.js/dist/cpp/lammps-kokkos.js',
  ],
  // Where people look for them: beside the program, not in its archive. `scripts/notices.mjs` writes them.
  extraFiles: [
    { from: 'LICENSE', to: 'LICENSE.braggwatch.txt' },
    { from: 'out/third-party-notices.txt', to: 'third-party-notices.txt' },
    { from: 'resources/licences/GPL-2.0.txt', to: 'GPL-2.0.txt' },
  ],
  asar: true,
  // Native code is loaded by the system and the models by ONNX Runtime; neither can read inside the archive.
  asarUnpack: ['node_modules/onnxruntime-node/bin/**', 'node_modules/h5wasm-plugins/plugins/**', 'models/**'],
  // ONNX Runtime's binding is N-API: the same for every Node and Electron.
  npmRebuild: false,
  electronFuses: {
    // The workers are utility processes, which need none of these.
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    onlyLoadAppFromAsar: true,
    // Checked by Electron on macOS and Windows; on Linux the package's signature stands in.
    enableEmbeddedAsarIntegrityValidation: true,
    // The pages come over app://, so file:// needs no more than any browser gives it.
    grantFileProtocolExtraPrivileges: false,
    loadBrowserProcessSpecificV8Snapshot: false,
  },
  linux: {
    category: 'Science',
    executableName: 'braggwatch',
    synopsis: 'Dislocations in nanocrystals, told while the beamline runs',
    maintainer: 'The Braggwatch developers <braggwatch@users.noreply.github.com>',
    // tar.gz and rpm for the beamlines' Enterprise Linux, deb for Debian and Ubuntu, AppImage for everything else.
    target: ['tar.gz', 'rpm', 'deb', 'AppImage'],
    artifactName: '${name}-${version}-${arch}.${ext}',
  },
};
