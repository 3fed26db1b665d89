import type { ScanFacts } from '@main/scan/types';
import { looksOf, sourceSignature } from './watch/signature';

/** Files besides a source by whose change it shows that scans are others: their own, and those that they share with other scans. */
interface Beside {
  readonly own: readonly string[];
  readonly shared: readonly string[];
}

interface Listed extends Beside {
  readonly sharedLooks: string;
  readonly at: number;
  /** Signature of a source whose scans all are final and as they were judged: nothing to do until it changes. */
  readonly settled?: string;
}

/** What sources were when they were last listed. */
export interface ListedSources {
  /** How a source looks, what its scans lie in besides included, as far as that is known. */
  signatureOf(path: string): string;
  /** Whether there is nothing to do as long as it looks so. */
  isSettled(path: string, signature: string): boolean;
  /** Whether a file that its scans share with others looks otherwise than when it was listed. */
  hasStaleShares(path: string): boolean;
  /**
   * Begins a look at a source. What is remembered is how things looked before it.
   * @returns to be called with what was found, and whether nothing more will come of it
   */
  look(path: string, signature: string): (facts: readonly ScanFacts[], done: boolean) => void;
  /** When it was last listed; 0 where it was not. */
  lastAt(path: string): number;
  forget(path: string): void;
  clear(): void;
}

export function createListedSources(now: () => number): ListedSources {
  const listed = new Map<string, Listed>();
  return {
    signatureOf: (path) => sourceSignature(path, listed.get(path)?.own),
    isSettled: (path, signature) => listed.get(path)?.settled === signature,
    hasStaleShares(path) {
      const known = listed.get(path);
      return known !== undefined && known.shared.length > 0 && looksOf(known.shared) !== known.sharedLooks;
    },
    look(path, signature) {
      const sharedLooks = looksOf(listed.get(path)?.shared ?? []);
      return (facts, done) => {
        const found = besideOf(path, facts);
        // What was not known before the list was not looked at before it, either.
        const settles = done && sourceSignature(path, found.own) === signature;
        listed.set(path, { ...found, sharedLooks, at: now(), ...(settles && { settled: signature }) });
      };
    },
    lastAt: (path) => listed.get(path)?.at ?? 0,
    forget: (path) => void listed.delete(path),
    clear: () => listed.clear(),
  };
}

function besideOf(source: string, facts: readonly ScanFacts[]): Beside {
  const own = facts.flatMap(({ ref, beside = [] }) => [ref.source, ...beside]).filter((path) => path !== source);
  return { own: [...new Set(own)], shared: [...new Set(facts.flatMap(({ shared = [] }) => shared))] };
}
