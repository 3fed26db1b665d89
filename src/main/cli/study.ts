import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { percent, wholePercent } from '@contract/percent';
import { complain, EXIT, print } from './output';

export interface RawScansCommandOptions {
  readonly out: string;
  readonly scans: number;
  readonly seed: number;
  readonly irregular?: boolean;
  readonly perKind?: number;
  /** Of each kind: look into the crystals, too. */
  readonly inside?: boolean;
  /** From 1. */
  readonly shard?: { readonly index: number; readonly of: number };
}

/** `study raw-scans --out DIR`: makes the set of raw scans of large crystals that `evaluate` then judges a model on. */
export async function rawScans({
  out,
  scans,
  seed,
  irregular,
  perKind,
  inside: looked,
  shard,
}: RawScansCommandOptions): Promise<number> {
  if (perKind !== undefined) {
    const [{ makeKinds }, { kindsOf }, { STARTS }] = await Promise.all([
      import('@main/study/kinds/make'),
      import('@main/study/kinds/kinds'),
      import('@main/retrieval/look'),
    ]);
    const onProgress = (done: number, of: number): void => complain(`scan ${done} of ${of}`);
    const options = { perKind, onProgress, ...(looked && { inside: STARTS }) };
    print(JSON.stringify({ reduced: await makeKinds(resolve(out), kindsOf(seed), options) }));
    return EXIT.done;
  }
  const { makeRawScans } = await import('@main/study/raw-scans');
  const result = await makeRawScans(resolve(out), {
    scans,
    seed,
    ...(irregular && { irregular }),
    ...(shard && { share: { part: shard.index - 1, of: shard.of } }),
    onProgress: (done, of) => complain(`scan ${done} of ${of}`),
  });
  print(JSON.stringify(result));
  return EXIT.done;
}

export interface InsideCommandOptions {
  readonly out: string;
  readonly crystals: number;
  readonly seed: number;
  readonly starts: number;
  readonly model: string;
  /** A page that the table is put into. */
  readonly write?: string;
  readonly json?: boolean;
}

/** `study inside --out DIR`: what network, phase retrieval and both make of crystals of several kinds. */
export async function inside({ out, json, write, ...options }: InsideCommandOptions): Promise<number> {
  const [{ studyInside }, { insideMarkdown }, { withSection }] = await Promise.all([
    import('@main/study/inside/study'),
    import('@main/study/inside/table'),
    import('@main/study/section'),
  ]);
  const rows = await studyInside(resolve(out), {
    ...options,
    onProgress: (done, of) => complain(`crystal ${done + 1} of ${of}`),
  });
  if (json) for (const row of rows) print(JSON.stringify(row));
  else print(insideMarkdown(rows));
  if (write === undefined) return EXIT.done;
  const { crystals, seed, starts, model } = options;
  const how = `Written by \`npx braggwatch study inside --crystals ${crystals} --seed ${seed} --starts ${starts}\`; the network is \`${basename(model)}\`.`;
  const page = existsSync(write) ? readFileSync(write, 'utf8') : '';
  writeFileSync(write, withSection(page, 'inside', `${how}\n\n${insideMarkdown(rows)}`));
  return EXIT.done;
}

export interface KindsCommandOptions {
  /** A second model; `none` for none, the shipped one when left out. */
  readonly beside?: string;
  /** Its share in the probabilities, 0 to 1. */
  readonly weight?: number;
  readonly inside?: boolean;
  readonly write?: string;
  readonly json?: boolean;
}

/** `study kinds MODEL SET`: what a model makes of each kind of raw scans; `--write` puts the table into a page. */
export async function kinds(
  model: string,
  dataset: string,
  { beside, weight, inside: witnessed, write, json }: KindsCommandOptions,
): Promise<number> {
  const [{ judgeKinds }, { asTable }, { withSection }] = await Promise.all([
    import('@main/study/kinds/judge'),
    import('@main/study/kinds/tally'),
    import('@main/study/section'),
  ]);
  const { hash, rows } = await judgeKinds(model, resolve(dataset), {
    ...(beside !== undefined && { beside: beside === 'none' ? null : beside }),
    ...(weight !== undefined && { weight }),
    ...(witnessed && { inside: true }),
  });
  for (const row of json ? rows : []) print(JSON.stringify(row));
  if (!json) print(asTable(rows));
  if (write === undefined) return EXIT.done;
  const besides = beside === undefined ? 'the model that is shipped for that' : `\`${basename(beside)}\``;
  const how = `Written by \`npx braggwatch study kinds${witnessed ? ' --inside' : ''}\` with \`${basename(model)}\` (${hash.slice(0, 12)}) and beside it ${besides}${witnessed ? ', and what phase retrieval shows' : ''}, counts.`;
  const page = existsSync(write) ? readFileSync(write, 'utf8') : '';
  writeFileSync(
    write,
    witnessed
      ? withSection(page, 'kinds with inside', `${how}\n\n${asTable(rows)}`)
      : withSection(page, 'kinds', `## By kind\n\n${how}\n\n${asTable(rows)}`),
  );
  return EXIT.done;
}

export interface TablesCommandOptions {
  readonly spins: number;
  readonly json?: boolean;
}

/** `study tables MODEL DATASET...`: accuracy of a model on the test parts of sets, by everything it could depend on. */
export async function tables(
  model: string,
  datasets: string[],
  { spins, json }: TablesCommandOptions,
): Promise<number> {
  const [{ judgeSet }, { asMarkdown }] = await Promise.all([
    import('@main/study/judge-set'),
    import('@main/study/breakdown'),
  ]);
  for (const dataset of datasets) {
    const judged = await judgeSet(model, resolve(dataset), spins);
    if (json) {
      print(JSON.stringify({ dataset, ...judged }));
      continue;
    }
    const { total, stability } = judged;
    print(`## ${basename(dataset)}\n`);
    const share = (part: number): string => percent(part, 2);
    print(
      `${total.patterns} patterns: ${total.confusion.length === 2 ? '' : `three classes ${share(total.accuracy)}, `}two classes ${share(total.twoClassAccuracy)}, ` +
        `expected calibration error ${share(total.calibrationError)}.\n`,
    );
    if (stability) {
      const tilts = stability.tilts.map(({ degrees, share: kept }) => `${degrees} deg ${share(kept)}`).join(', ');
      print(
        `${stability.patterns} patterns, ${stability.turns} times turned, keep their verdict: ` +
          `spun about Q ${share(stability.spins)} (${stability.steady} patterns at least 99 times in 100; of the ` +
          `${stability.probable.patterns} with a probability of 0.9, ${share(stability.probable.spins)}); ` +
          `Q tilted off its axis by ${tilts}.\n`,
      );
    }
    print(`${asMarkdown(judged.tables)}\n`);
  }
  return EXIT.done;
}

export interface StrangenessCommandOptions {
  readonly each: number;
  readonly json?: boolean;
}

/** `study strangeness MODEL DATASET`: how often a model notices that a volume is nothing it was trained on. */
export async function strangeness(
  model: string,
  dataset: string,
  { each, json }: StrangenessCommandOptions,
): Promise<number> {
  const { measureStrangeness } = await import('@main/study/strangeness');
  const found = await measureStrangeness(model, resolve(dataset), each);
  if (json) {
    for (const kind of found) print(JSON.stringify(kind));
    return EXIT.done;
  }
  print('| shown | volumes | strange | unsure | median distance |\n| --- | --- | --- | --- | --- |');
  for (const { kind, volumes, strange, unsure, medianDistance } of found) {
    print(
      `| ${kind} | ${volumes} | ${wholePercent(strange)} | ${wholePercent(unsure)} | ${medianDistance.toFixed(2)} |`,
    );
  }
  return EXIT.done;
}
