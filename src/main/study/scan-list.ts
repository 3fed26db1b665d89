import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

/** Number of a scan in the names of its files. */
export const scanName = (index: number): string => String(index).padStart(4, '0');

/** Where it is written what a scan is of, once its volume is there, or why it was refused. */
export const scanPath = (outDir: string, index: number): string => join(outDir, 'scans', `${scanName(index)}.json`);

/** A code where the scan was refused; a list of codes where earlier ones were, and this one was taken in their place. */
const recordSchema = z.looseObject({
  refused: z.union([z.string(), z.array(z.string())]).optional(),
  /** What phase retrieval shows, where it was asked for. */
  inside: z.unknown().optional(),
});

/** What a scan's file says of it. */
export const recordOf = (text: string): z.infer<typeof recordSchema> => recordSchema.parse(JSON.parse(text));

/** Writes the manifest of all scans that are there; the last of several processes lists them all. */
export async function listScans(
  outDir: string,
  scans: number,
): Promise<{ reduced: number; refused: Record<string, number> }> {
  const refused: Record<string, number> = {};
  const lines: string[] = [];
  for (let index = 0; index < scans; index++) {
    const path = scanPath(outDir, index);
    if (!existsSync(path)) continue;
    const text = readFileSync(path, 'utf8');
    const { refused: code } = recordOf(text);
    if (typeof code !== 'string') lines.push(`${text}\n`);
    else refused[code] = (refused[code] ?? 0) + 1;
  }
  await writeFileAtomic(join(outDir, 'manifest.jsonl'), lines.join(''));
  return { reduced: lines.length, refused };
}
