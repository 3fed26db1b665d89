#!/usr/bin/env node
// Has LAMMPS measure every Zhou potential (bulk, surface energies) and keeps it in resources/, where crystals get their shapes from.
import { writeFileSync } from 'node:fs';
import { ensureBuilt } from './lib/build.mjs';
import { cli, inRoot, localBin, node24, ownEnv } from './lib/paths.mjs';
import { capture } from './lib/run.mjs';

const ELEMENTS = ['Al', 'Ag', 'Au', 'Pt', 'Cu', 'Ni', 'Pd'];
const rounded = (value, digits = 6) => Number(value.toPrecision(digits));

await ensureBuilt();
const elements = {};
let made;
for (const name of ELEMENTS) {
  const { output } = await capture(node24, [cli, 'potential', `zhou04:${name}`, '--json'], ownEnv);
  const measured = JSON.parse(output.trim().split('\n').at(-1));
  made = { lammps: measured.lammps, slab: measured.slab };
  elements[name] = {
    latticeAngstrom: rounded(measured.latticeAngstrom, 7),
    cohesiveEv: rounded(measured.cohesiveEv),
    elasticGpa: measured.elasticGpa.map((c) => rounded(c, 5)),
    surface: measured.surface.map((s) => rounded(s, 5)),
  };
  console.log(name, JSON.stringify(elements[name]));
}
const provenance = {
  source: 'LAMMPS on the tables that Braggwatch makes of zhou04.json, at 0 K; scripts/potentials.mjs',
  units:
    'surface: {111}, {100}, {110} of relaxed slabs, J/m^2; elasticGpa: C11, C12, C44, from a tension and a shear of 0.1 %',
  ...made,
  date: new Date().toISOString().slice(0, 10),
};
const path = inRoot('resources', 'potentials', 'zhou04-surface.json');
writeFileSync(path, `${JSON.stringify({ ...provenance, elements }, null, 2)}\n`);
await capture(`${localBin}/prettier`, ['--write', path], ownEnv);
