import { readdirSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { arch, availableParallelism, cpus, freemem, platform, release, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import { messageOf } from '@contract/errors';
import { openLedger } from '@main/ledger/ledger';
import type { LedgerRow } from '@main/ledger/row';
import metadata from '../../../package.json' with { type: 'json' };
import { withoutNames, withoutSecrets } from './discreet';
import { writeOut } from './output';

/** Of a home's own files the names and sizes; what lies in them is told by the logs and the ledger's counts alone. */
const MOST_LISTED = 2000;

/** What cannot be looked at is told in its place. */
function attempt<T>(look: () => T): T | string {
  try {
    return look();
  } catch (error) {
    return messageOf(error);
  }
}

const counted = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

const machine = (home: string): object => ({
  program: { version: metadata.version, dependencies: metadata.dependencies },
  node: process.version,
  system: `${platform()} ${release()} ${arch()}`,
  processor: `${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown'}`,
  memoryMb: { all: Math.round(totalmem() / 2 ** 20), free: Math.round(freemem() / 2 ** 20) },
  home: attempt(() => {
    const { bavail, bsize, type } = statfsSync(home);
    return { path: home, freeMb: Math.round((bavail * bsize) / 2 ** 20), fileSystem: `0x${type.toString(16)}` };
  }),
});

/** How many scans there are of what kind, and by which codes they failed: no name, no note. */
const tallied = (rows: readonly LedgerRow[]): object => ({
  scans: rows.length,
  states: counted(rows.map(({ state }) => state)),
  formats: counted(rows.map(({ format }) => format)),
  presets: counted(rows.map(({ preset }) => preset)),
  problems: counted(rows.flatMap(({ problem }) => problem?.code ?? [])),
  warnings: counted(rows.flatMap(({ warnings }) => warnings.map(({ code }) => code))),
  models: counted(rows.flatMap(({ line }) => line?.model?.name ?? [])),
  judgedMoreThanOnce: rows.filter(({ judgedCount }) => judgedCount > 1).length,
});

function listing(home: string): string {
  const names = readdirSync(home, { recursive: true, encoding: 'utf8' }).sort();
  const lines = names.slice(0, MOST_LISTED).map((name) => {
    const stat = statSync(join(home, name), { throwIfNoEntry: false });
    return `${stat ? `${stat.size}\t${stat.mtime.toISOString()}\t${(stat.mode & 0o777).toString(8)}` : 'gone'}\t${name}`;
  });
  return [...lines, ...(names.length > MOST_LISTED ? [`and ${names.length - MOST_LISTED} more`] : []), ''].join('\n');
}

/** Secrets that lie in a home, so that they are known where they turn up elsewhere. */
const secretsIn = (home: string): string[] =>
  ['addresses.json', 'address'].flatMap(
    (name) => String(attempt(() => readFileSync(join(home, name), 'utf8'))).match(/[\w-]{32}/g) ?? [],
  );

export interface BundleOptions {
  readonly home: string;
  /** What `doctor` found, a line each. */
  readonly findings: readonly string[];
  /** Names of people and proposals are left out. */
  readonly anonymous: boolean;
}

/**
 * What a maintainer needs to understand what went wrong here, as an archive of texts: what `doctor` finds, machine and versions, the logs,
 * counts of the ledger, names and sizes of the home's files. No secret is in it, no note, no scan.
 * @throws BraggwatchError disk-full, path-missing, file-refused
 */
export function writeBundle(path: string, { home, findings, anonymous }: BundleOptions): void {
  const rows = attempt(() => {
    const ledger = openLedger(join(home, 'ledger.sqlite'));
    try {
      return ledger.all();
    } finally {
      ledger.close();
    }
  });
  const known = typeof rows === 'string' ? [] : rows;
  const texts: Record<string, string> = {
    'doctor.jsonl': [...findings, ''].join('\n'),
    'machine.json': JSON.stringify(machine(home), null, 2),
    'ledger.json': JSON.stringify(typeof rows === 'string' ? { unreadable: rows } : tallied(rows), null, 2),
    'files.txt': String(attempt(() => listing(home))),
  };
  const logs = join(home, 'logs');
  const found = attempt(() => readdirSync(logs).filter((name) => name.endsWith('.log')));
  if (typeof found !== 'string')
    for (const name of found) texts[`logs/${name}`] = String(attempt(() => readFileSync(join(logs, name), 'utf8')));

  const secret = withoutSecrets(secretsIn(home));
  const names = known.flatMap(({ overruled, name, source }) => [overruled?.by ?? '', name, ...source.split('/')]);
  const named = anonymous ? withoutNames(names, installation) : (text: string) => text;
  const bytes = new TextEncoder();
  const files = Object.entries(texts).map(([name, text]) => [name, bytes.encode(named(secret(text)))] as const);
  writeOut(path, zipSync(Object.fromEntries(files)));
}

/** The program's own folder, whose paths tell a maintainer where something went wrong. */
const installation = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
