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

  const learn = async (paths: readonly string[]): Promise<void> => {
    const looks = paths.map((path) => [path, signatureOf(path)] as const);
    const news = looks.filter(([path, signature]) => known.get(path)?.signature !== signature);
    if (news.length === 0) return;
    // What cannot be told of them all is looked into again when they change.
    const found = await ask(news.map(([path]) => path)).catch(() => []);
    for (const [i, [path, signature]] of news.entries()) known.set(path, { signature, is: found[i] });
  };

  return {
    async look(walked) {
      const paths = worthLooking(walked);
      if (known.size > MOST_KNOWN) known.clear();
      await learn(paths);
      return withRecognised(
        walked,
        new Map(
          paths.flatMap((path) => {
            const is = known.get(path)?.is;
            return is ? [[path, is] as const] : [];
          }),
        ),
      );
    },
    forget: () => known.clear(),
  };
}
