import { existsSync, statfsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { problemOf } from '@main/process/report';
import { surveyHere } from '@main/models/engine-choice';
import { createClassifier } from '@main/models/classifier';
import { chooseEngine, nameOf } from '@main/engine/choice';
import { openLedger } from '@main/ledger/ledger';
import { nodeLauncher } from '@main/process/launcher';
import { createRelaxer } from '@main/relax';
import { findNative } from '@main/relax/native';
import { defaultHome } from '@main/files/home';
import { rendererDir } from './options';
import { writeBundle } from './bundle';
import { complain, EXIT, print } from './output';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
  /** Another one does in its place. */
  readonly optional?: true;
}

const found = (what: string, ok: boolean, detail: string): Finding => ({ what, ok, detail });

/** Which engine would judge, and why not the others. */
async function engines(model: string): Promise<Finding[]> {
  try {
    const findings = await surveyHere(nodeLauncher, model);
    const chosen = nameOf(chooseEngine(findings, 'auto'));
    return findings.map(({ choice, milliseconds, reason }): Finding => {
      const speed = milliseconds === undefined ? undefined : `${milliseconds.toFixed(1)} ms per volume`;
      const role = nameOf(choice) === chosen ? 'would run' : (reason ?? 'too slow to be worth it');
      const detail = [role, speed].filter(Boolean).join(', ');
      return { what: `engine ${nameOf(choice)}`, ok: speed !== undefined, detail, optional: true };
    });
  } catch (error) {
    return [found('engines', false, problemOf(error, 'doctor, engines').message)];
  }
}

async function attempt(what: string, look: () => string | Promise<string>): Promise<Finding> {
  try {
    return found(what, true, await look());
  } catch (error) {
    return found(what, false, problemOf(error, `doctor, ${what}`).message);
  }
}

/** Network file systems by their statfs magic: SQLite's locks are not to be trusted there. */
const NETWORK: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x47504653: 'GPFS',
  0xbd00bd0: 'Lustre',
  0xff534d42: 'CIFS',
  0xfe534d42: 'SMB',
};

/** Which LAMMPS there are. A native one is faster, not needed. */
async function relaxers(): Promise<Finding[]> {
  const native = findNative();
  const wasm = createRelaxer('wasm', { threads: 1 });
  const lammps = await attempt('LAMMPS (wasm)', () => wasm.version());
  wasm.close();
  return [lammps, found('LAMMPS (native)', true, native?.version ?? 'none on the PATH: not needed, but faster')];
}

export interface DoctorOptions {
  readonly json?: boolean;
  readonly model?: string;
  /** Folder of the ledger. */
  readonly home?: string;
  /** An archive for whoever is asked for help. */
  readonly bundle?: string;
  /** Without names of people and proposals in it. */
  readonly anonymous?: boolean;
}

/** `doctor`: what this machine has and lacks. Exit 0 when a scan could be judged here. */
export async function doctor({ json, model, bundle, anonymous, ...options }: DoctorOptions): Promise<number> {
  const home = options.home ?? defaultHome();
  const classifier = createClassifier(nodeLauncher, model ?? 'three-class');
  const findings = [
    found('node', true, process.version),
    found('machine', true, `${availableParallelism()} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB`),
    await attempt('ledger', () => {
      openLedger(join(home, 'ledger.sqlite')).close();
      const network = NETWORK[statfsSync(home).type];
      if (network) throw new Error(`${home} lies on ${network}: set BRAGGWATCH_HOME to a local disk`);
      return home;
    }),
    await attempt('model and engine', async () => {
      const { name, engine, provisional } = await classifier.facts();
      return `${name} on ${engine}${provisional ? ' (provisional)' : ''}`;
    }),
    ...(await engines(model ?? 'three-class')),
    ...(await relaxers()),
    found('screen', existsSync(join(rendererDir(), 'index.html')), rendererDir()),
  ];
  classifier.close();
  for (const finding of findings) {
    const mark = finding.ok ? 'ok' : finding.optional ? 'not here' : 'missing';
    print(json ? JSON.stringify(finding) : `${mark.padEnd(9)} ${finding.what}: ${finding.detail}`);
  }
  if (bundle !== undefined) {
    const lines = findings.map((finding) => JSON.stringify(finding));
    writeBundle(bundle, { home, findings: lines, anonymous: anonymous ?? false });
    complain(`${bundle} holds what a maintainer needs, and no secret. Look into it before you send it.`);
  }
  return findings.every(({ ok, optional }) => ok || optional) ? EXIT.done : EXIT.badInput;
}
