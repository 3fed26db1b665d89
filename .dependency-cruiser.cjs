/**
 * The folders of `src/main` from bottom to top, each with what it may import: only what stands further up in this list, which is checked
 * below, so that no ring of folders can be.
 */
const layers = {
  files: [],
  process: ['files'],
  jobs: ['process'],
  hdf5: ['files'],
  scan: ['files', 'hdf5'],
  nexus: ['files', 'hdf5', 'scan'],
  reading: ['process', 'files', 'hdf5', 'scan', 'nexus'],
  retrieval: ['process', 'files', 'hdf5', 'scan', 'nexus', 'reading'],
  ledger: ['files', 'scan'],
  engine: ['process', 'files'],
  models: ['process', 'ledger', 'engine'],
  explain: ['process', 'jobs', 'engine', 'models'],
  relax: ['process', 'files'],
  demo: ['process', 'hdf5', 'nexus'],
  dataset: ['process', 'files', 'scan', 'reading', 'relax', 'demo'],
  learn: ['files', 'engine', 'dataset'],
  simulation: ['process', 'jobs', 'relax', 'dataset'],
  training: ['process', 'files', 'jobs', 'engine', 'learn', 'simulation'],
  beamtime: ['process', 'files', 'jobs', 'scan', 'nexus', 'reading', 'ledger', 'engine', 'models'],
  inside: ['process', 'files', 'jobs', 'scan', 'reading', 'retrieval', 'ledger', 'beamtime'],
  study: [
    'process',
    'files',
    'nexus',
    'scan',
    'retrieval',
    'reading',
    'engine',
    'dataset',
    'demo',
    'learn',
    'beamtime',
  ],
  adapting: ['process', 'files', 'jobs', 'engine', 'dataset', 'learn', 'simulation', 'training', 'study'],
  export: ['files', 'scan', 'ledger', 'beamtime'],
  app: [
    ...['process', 'files', 'jobs', 'scan', 'reading', 'ledger', 'engine', 'models', 'explain', 'dataset', 'demo'],
    ...['retrieval', 'simulation', 'training', 'adapting', 'beamtime', 'inside', 'export'],
  ],
  rpc: ['process', 'app'],
  web: ['files', 'app', 'export', 'rpc'],
  electron: ['files', 'process', 'app', 'rpc', 'web'],
  'serve.ts': ['app', 'rpc', 'web'],
  cli: [
    ...['process', 'files', 'scan', 'nexus', 'reading', 'ledger', 'engine', 'models', 'explain', 'relax', 'dataset'],
    ...['retrieval', 'learn', 'beamtime', 'study', 'adapting', 'export', 'app', 'web', 'serve.ts'],
  ],
  'index.ts': ['process', 'files', 'app', 'electron'],
  'cli.ts': ['process', 'files', 'cli'],
};

const names = Object.keys(layers);
for (const [name, below] of Object.entries(layers)) {
  const high = below.find((other) => !(names.indexOf(other) >= 0 && names.indexOf(other) < names.indexOf(name)));
  if (high !== undefined) throw new Error(`.dependency-cruiser.cjs: ${high} is not below ${name}`);
}

const within = (folders) =>
  `^src/main/(${folders.map((name) => (name.endsWith('.ts') ? `${name.slice(0, -3)}\\.ts$` : `${name}/`)).join('|')})`;

const layered = Object.entries(layers).map(([name, below]) => ({
  name: `main-${name}-knows-what-is-below`,
  comment: below.length === 0 ? 'It knows nothing else of main' : `It may know ${below.join(', ')}`,
  severity: 'error',
  from: { path: within([name]) },
  to: { path: '^src/main', pathNot: within([name, ...below]) },
}));

/** What the front process consists of: it stays responsive, and what can hang or abort in native code runs elsewhere. */
const front = [
  'ledger',
  'models',
  'explain',
  'jobs',
  'beamtime',
  'inside',
  'export',
  'app',
  'rpc',
  'web',
  'electron',
  'serve.ts',
];

/** The house's import direction (DESIGN section 2): each rule names what a layer must not know. */
const only = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^src', pathNot: to },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    only('vocabulary-is-a-leaf', '^src/vocabulary', '^src/vocabulary', 'Classes and words rest on nothing of ours'),
    only('core-is-alone', '^src/core', '^src/(core|vocabulary)', 'Science knows the vocabulary only'),
    only('contract-is-alone', '^src/contract', '^src/(contract|vocabulary)', 'The contract knows the vocabulary only'),
    only(
      'main-knows-core-and-contract',
      '^src/main',
      '^src/(main|core|contract|vocabulary)',
      'Services know the science and the contract',
    ),
    ...layered,
    {
      name: 'main-has-a-place-for-each-folder',
      comment: 'A new folder of main gets its line in the table above',
      severity: 'error',
      from: { path: '^src/main/', pathNot: within(names) },
      to: {},
    },
    {
      name: 'reading-runs-in-its-worker',
      comment: 'The front process knows its types only',
      severity: 'error',
      from: { path: within([...front, 'cli']) },
      to: { path: '^src/main/(reading|hdf5)/', dependencyTypesNot: ['type-only'] },
    },
    only(
      'preload-knows-contract',
      '^src/preload',
      '^src/(preload|contract|vocabulary)',
      'The bridge knows the contract only',
    ),
    only(
      'renderer-knows-contract',
      '^src/renderer',
      '^src/(renderer|contract|vocabulary)',
      'The screen knows the contract and the vocabulary only',
    ),
    {
      name: 'drawing-has-no-state',
      comment: 'Pictures are drawn from what they are given: no state, no words',
      severity: 'error',
      from: { path: '^src/renderer/drawing' },
      to: { path: '^src/renderer', pathNot: '^src/renderer/(drawing/|format\\.ts)' },
    },
    {
      name: 'connection-is-alone',
      severity: 'error',
      from: { path: '^src/renderer/connection' },
      to: { path: '^src/renderer', pathNot: '^src/renderer/connection' },
    },
    {
      name: 'ui-knows-no-shell',
      severity: 'error',
      from: { path: '^src/renderer/ui' },
      to: { path: '^src/renderer/(shell|features)' },
    },
    {
      name: 'shell-knows-no-feature',
      comment: 'Features register themselves (shell/feature), panels stand in slots (shell/slots)',
      severity: 'error',
      from: { path: '^src/renderer/shell' },
      to: { path: '^src/renderer/features' },
    },
    {
      name: 'features-do-not-import-each-other',
      comment: 'What two of them need belongs to shell, ui or drawing, or goes through a slot',
      severity: 'error',
      from: { path: '^src/renderer/features/([^/]+)/' },
      to: { path: '^src/renderer/features', pathNot: '^src/renderer/features/$1/' },
    },
    {
      name: 'core-touches-no-world',
      severity: 'error',
      from: { path: '^src/(core|contract|vocabulary)' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'onnxruntime-is-loaded-in-one-place',
      comment: 'Its telemetry is switched off there, before it loads',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/main/engine/onnxruntime\\.ts' },
      to: { path: 'onnxruntime-node' },
    },
    {
      name: 'only-the-entry-knows-electron',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/(main/index\\.ts|main/electron/|preload/)' },
      to: { path: '^(node_modules/)?electron($|/)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
