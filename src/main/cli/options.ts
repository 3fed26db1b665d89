import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { BraggwatchError } from '@contract/errors';
import type { EngineRequest } from '@main/engine/choice';
import { geometryFileSchema, type GeometryFile } from '@contract/geometry';

/** Options shared by `classify`, `watch` and `reduce`, as commander hands them over. */
export interface ScanOptions {
  readonly model?: string;
  readonly engine: EngineRequest;
  readonly preset: string;
  readonly geometry?: string;
  /** Folders into which links may lead, and which a screen may choose to watch. */
  readonly allow?: readonly string[];
  readonly method: 'linear' | 'grid';
  readonly scan?: number;
  readonly out?: string;
  readonly json?: boolean;
}

const MAX_GEOMETRY_BYTES = 1 << 20;

/** Folders that a screen may choose to watch unless more are given. */
export const defaultRoots = (): string[] => [homedir(), process.cwd()];

/** Folder of the built screen, beside the built entries. */
export const rendererDir = (): string =>
  join(import.meta.dirname, import.meta.dirname.endsWith('chunks') ? '../..' : '..', 'renderer');

/**
 * Reads a geometry file.
 * @throws BraggwatchError path-missing, geometry-invalid
 */
export function readGeometry(path: string | undefined): GeometryFile | undefined {
  if (path === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(resolve(path), 'utf8');
  } catch (cause) {
    throw new BraggwatchError('path-missing', path, { cause });
  }
  if (text.length > MAX_GEOMETRY_BYTES) throw new BraggwatchError('geometry-invalid', `${path} is too large`);
  const parsed = geometryFileSchema.safeParse(parseJson(text, path));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BraggwatchError(
    'geometry-invalid',
    `${path}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
  );
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BraggwatchError('geometry-invalid', `${path} is no JSON`, { cause });
  }
}
