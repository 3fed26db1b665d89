import { basename, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BraggwatchError, type ErrorCode } from '@contract/errors';
import type { Alert, WatchState } from '@contract/app';
import type { VerdictLine } from '@contract/scan';
import { createApp } from '@main/app';
import { nodeLauncher } from '@main/process/launcher';
import { keepLogIn } from '@main/process/log';
import { inBackground } from '@main/process/report';
import { defaultHome } from '@main/files/home';
import { isFolder } from '@main/files/stat';
import { readGeometry, type ScanOptions } from './options';
import { checkModel, checkPreset, presetsAt } from './named';
import { complain, complainOf, EXIT, formatLine, print } from './output';

export interface WatchCommandOptions extends ScanOptions {
  readonly untilIdle?: number;
}

/** Where nothing arrives any more and yet something keeps scans from being judged, its end is waited for so long. */
const PATIENCE_MS = 60_000;

/** `watch DIR`: a verdict line for every scan as it becomes whole; scans judged by an earlier run are not told again. */
export async function watch(folder: string, options: WatchCommandOptions): Promise<number> {
  const path = resolve(folder);
  if (!isFolder(path)) throw new BraggwatchError('path-missing', folder);
  const json = options.json ?? false;
  const home = options.out ?? defaultHome();
  keepLogIn(home);
  checkPreset(options.preset, presetsAt(home));
  if (options.model !== undefined) await checkModel(options.model);
  /** Scans whose last line says that they could not be judged, and sources of which none could be told. */
  const failed = new Set<string>();
  let changedAt = Date.now();
  const app = createApp({
    launcher: nodeLauncher,
    home,
    shell: 'web',
    what: 'watch',
    method: options.method,
    engine: options.engine,
    geometry: readGeometry(options.geometry),
    allowed: options.allow ?? [],
    roots: options.allow ?? [],
    watch: { folder: path, preset: options.preset },
    ...(options.model && { model: options.model }),
    onLine(line) {
      if (line.state === 'early') return complain(formatLine(line, false));
      failed.delete(keyOf(line));
      if (line.state === 'rejected') failed.add(keyOf(line));
      else failed.delete(keyOf({ source: line.source, scan: basename(line.source) }));
      print(formatLine(line, json));
    },
  });
  const told = new Set<string>();
  let over = false;
  const tell = (alerts: readonly Alert[]): void => {
    // What its processes complain of when they are ended is no trouble.
    if (over) return;
    // Each once: what an alert counts may grow at every look.
    for (const { id, problem } of alerts) if (!told.has(id)) complainOf(problem);
    for (const { id } of alerts) told.add(id);
  };
  const tellAlerts = (): void => inBackground(Promise.resolve(app.handlers['app/alerts']()).then(tell), 'alerts');
  /** Since when the folder cannot be looked through, or what is found cannot be written down, and why. */
  let hindered: { readonly since: number; readonly code: ErrorCode } | undefined;
  const tellHindrance = ({ problem }: WatchState): void => {
    if (over || problem?.code === hindered?.code) return;
    hindered = problem ? { since: hindered?.since ?? Date.now(), code: problem.code } : undefined;
    if (problem) complainOf(problem);
  };
  app.subscribe((name) => {
    changedAt = Date.now();
    if (name === 'alerts-changed') tellAlerts();
    if (name === 'watch-changed')
      inBackground(Promise.resolve(app.handlers['watch/state']()).then(tellHindrance), 'what hinders watching');
  });
  // Of a ledger that was mended before anybody listened.
  tellAlerts();
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const idleMs = options.untilIdle === undefined ? Infinity : options.untilIdle * 1000;
  const isPatient = (since: number): boolean => Date.now() - since < PATIENCE_MS;
  const isBusy = (): boolean => {
    const since = app.queue.trouble()?.since;
    if (hindered && isPatient(hindered.since)) return true;
    return app.queue.size > 0 && (since === undefined || isPatient(since));
  };
  while (!stop.signal.aborted && (isBusy() || app.resting() || Date.now() - changedAt < idleMs)) {
    await sleep(200, undefined, { signal: stop.signal }).catch(() => undefined);
  }
  over = true;
  const held = stop.signal.aborted ? [] : app.queue.held();
  await app.close();
  // Every scan has its line; the next run judges these.
  for (const line of held) print(formatLine(line, json));
  // What lies in the folder then, nobody knows.
  const isAllKnown = held.length === 0 && (hindered === undefined || stop.signal.aborted);
  return failed.size > 0 || !isAllKnown ? EXIT.someFailed : EXIT.done;
}

/** A source that cannot be listed has a line of its file's name. */
const keyOf = ({ source, scan }: Pick<VerdictLine, 'source' | 'scan'>): string => JSON.stringify([source, scan]);
