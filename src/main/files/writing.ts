import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { BraggwatchError } from '@contract/errors';

/** Whether something could not be written because the disk, or its owner's share of it, is full. */
export const isDiskFull = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT');

/** Runs a step that writes, telling a full disk from other trouble. */
export function writing<T>(path: string, step: () => T): T {
  try {
    return step();
  } catch (cause) {
    if (isDiskFull(cause)) throw new BraggwatchError('disk-full', path, { cause });
    throw cause;
  }
}

/** Writes all bytes at the file's end; one write may take only some of them. */
export function append(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

/** A file that appears whole or not at all. */
export interface PendingFile {
  append(bytes: Uint8Array): void;
  /** Flushes it to the disk and gives it its name. */
  finish(): void;
  /** Removes what was written; nothing after `finish`. */
  abandon(): void;
}

const mark = (pid: number): string => `.${hostname()}-${pid}.part`;

/**
 * The name beside its place that a file has until it is whole. It tells machine and process: two that make the same file, one of them
 * thought dead, do not write into each other's, and what a dead one left can be told from what a living one writes.
 */
export const unfinished = (path: string): string => path + mark(process.pid);

/**
 * Begins a file beside its place, under its unfinished name.
 * @param mode who may read and write it
 * @throws BraggwatchError disk-full, here and in each step
 */
export function beginFile(path: string, mode = 0o666): PendingFile {
  const beside = unfinished(path);
  let file: number | undefined = writing(path, () => openSync(beside, 'w', mode));
  const close = (): void => {
    const open = file;
    file = undefined;
    if (open !== undefined) closeSync(open);
  };
  const abandon = (): void => {
    if (file === undefined) return;
    close();
    rmSync(beside, { force: true });
  };
  const step = (run: (file: number) => void): void => {
    try {
      writing(path, () => run(file!));
    } catch (error) {
      abandon();
      throw error;
    }
  };
  return {
    abandon,
    append: (bytes) => step((open) => append(open, bytes)),
    finish: () => {
      step(fsyncSync);
      close();
      writing(path, () => renameSync(beside, path));
    },
  };
}

/** Writes a file whole or not at all. */
export function replaceFile(path: string, ...parts: Uint8Array[]): void {
  const file = beginFile(path);
  for (const part of parts) file.append(part);
  file.finish();
}

const alive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/**
 * Removes unfinished files that nobody writes any more.
 * @param needless names that serve no purpose whoever writes them; other machines' processes cannot be asked
 * @param ours names that are looked at, where others may keep files in the folder
 */
export function removeLeftovers(folder: string, needless: RegExp = /^$/, ours: RegExp = /^/): void {
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.part') || !ours.test(name)) continue;
    const pid = Number(/\.[^/]+-(\d+)\.part$/.exec(name)?.[1]);
    const abandoned = Number.isNaN(pid) || (name.endsWith(mark(pid)) && !alive(pid));
    if (abandoned || needless.test(name)) rmSync(join(folder, name), { force: true });
  }
}
