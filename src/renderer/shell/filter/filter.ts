import { z } from 'zod';
import type { ScanSummary } from '@contract/scan';
import { standingOf } from '@contract/standing';
import { defectClassSchema } from '@contract/verdict';

/** What is kept of a filter between two starts; whatever cannot be understood any more is left out. */
export const filterSchema = z.object({
  classes: z.array(defectClassSchema).catch([]),
  certainty: z.enum(['any', 'sure', 'unsure']).catch('any'),
  flagged: z.boolean().catch(false),
  sample: z.string().nullable().catch(null),
  reflection: z.string().nullable().catch(null),
  text: z.string().max(200).catch(''),
  elsewhere: z.boolean().catch(false),
});

/** Conditions that a scan must all meet; several classes mean any of them. */
export type Filter = z.infer<typeof filterSchema>;

export const noFilter: Filter = {
  classes: [],
  certainty: 'any',
  flagged: false,
  sample: null,
  reflection: null,
  text: '',
  elsewhere: false,
};

/** Tells whether a scan lies in a folder or below it; both as the app writes paths. */
export function liesIn(folder: string): (scan: Pick<ScanSummary, 'source'>) => boolean {
  const below = /[\\/]$/.test(folder) ? folder : folder + (folder.includes('\\') ? '\\' : '/');
  return ({ source }) => source === folder || source.startsWith(below);
}

/** A reflection as it is chosen and kept, e.g. `1 -1 1`. */
export const reflectionKey = ({ hkl }: Pick<ScanSummary, 'hkl'>): string | null => hkl?.join(' ') ?? null;

/** Whether a scan meets a filter, by what it counts as. A scan without a verdict is of no class, and neither sure nor unsure. */
export function meets(scan: ScanSummary, filter: Filter, words = wordsOf(filter.text)): boolean {
  const standing = standingOf(scan);
  return (
    (filter.classes.length === 0 || (standing !== undefined && filter.classes.includes(standing.class))) &&
    (filter.certainty === 'any' || (standing !== undefined && standing.sure === (filter.certainty === 'sure'))) &&
    (!filter.flagged || scan.flagged) &&
    (filter.sample === null || scan.sample === filter.sample) &&
    (filter.reflection === null || reflectionKey(scan) === filter.reflection) &&
    words.every((word) =>
      `${scan.scan}\n${scan.title}\n${scan.sample ?? ''}\n${scan.note}`.toLowerCase().includes(word),
    )
  );
}

/** The words of a search; a scan must have all of them. */
export const wordsOf = (text: string): readonly string[] => text.toLowerCase().split(/\s+/).filter(Boolean);
