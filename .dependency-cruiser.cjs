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
      name: 'ui-knows-no-feature',
      severity: 'error',
      from: { path: '^src/renderer/(ui|connection)' },
      to: { path: '^src/renderer/features' },
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
