import { signatureOf } from '@main/files/signature';
import type { Recognised } from '@main/scan/recognise';
import { withRecognised, worthLooking, type Found } from '@main/beamtime/watch/others';
import type { Walked } from '@main/beamtime/watch/walk';

const MOST_KNOWN = 5000;

/** Looks into the files that no reader claims by name, each once until it changes. */
export interface Recogniser {
  look(walked: Walked): Promise<Found>;
  forget(): void;
}

/** @param ask what some files are; by another process, for reading can take long */
export function createRecogniser(ask: (paths: readonly string[]) => Promise<readonly Recognised[]>): Recogniser {
  const known = new Map<string, { readonly signature: string; readonly is: Recognised | undefined }>();

  /** Of the walk before: one that found nothing else is the same object, and may hold a hundred thousand paths. */
  let last: { readonly walked: Walked; readonly paths: readonly string[]; readonly found: Found } | undefined;

  /** Whether there was something to learn. */
  const learn = async (paths: readonly string[]): Promise<boolean> => {
    const looks = paths.map((path) => [path, signatureOf(path)] as const);
    const news = looks.filter(([path, signature]) => known.get(path)?.signature !== signature);
    if (news.length === 0) return false;
    // What cannot be told of them all is looked into again when they change.
    const found = await ask(news.map(([path]) => path)).catch(() => []);
    for (const [i, [path, signature]] of news.entries()) known.set(path, { signature, is: found[i] });
    return true;
  };

  return {
    async look(walked) {
      const before = last?.walked === walked ? last : undefined;
      const paths = before?.paths ?? worthLooking(walked);
      if (known.size > MOST_KNOWN) known.clear();
      if (!(await learn(paths)) && before) return before.found;
      const recognised = paths.flatMap((path) => {
        const is = known.get(path)?.is;
        return is ? [[path, is] as const] : [];
      });
      const found = withRecognised(walked, new Map(recognised));
      last = { walked, paths, found };
      return found;
    },
    forget() {
      known.clear();
      last = undefined;
    },
  };
}
