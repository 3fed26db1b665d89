import { userInfo, hostname } from 'node:os';

/** Rewrites a text for somebody else's eyes. */
export type Rewrite = (text: string) => string;

const LEFT_OUT = '[left out]';

/** Tokens are left out of whatever is handed on: those that are known, and whatever stands where one would. */
export function withoutSecrets(known: readonly string[]): Rewrite {
  const secrets = known.filter(({ length }) => length >= 8);
  return (text) =>
    secrets
      .reduce((left, secret) => left.replaceAll(secret, LEFT_OUT), text)
      .replaceAll(/([?&#"' ](?:token|key|viewToken)"?[=:]\s*"?)[\w-]{8,}/g, `$1${LEFT_OUT}`);
}

/** What stands in every path, and tells nothing of anybody. */
const COMMON =
  /^(?:home|data|visitor|users?|tmp|var|mnt|opt|usr|lib|local|share|cache|config|raw_?data|processed_?data|sample\d*|scan\d*|results|logs|node_modules|braggwatch\S*|ledger\S*|\.\S*|\d{1,4})$/i;
const PATH = /(?<![\w.:/])\/(?:[^\s'"`,;:()[\]{}<>/]+\/?)+/g;

/**
 * Replaces the names of people, proposals, samples and machines, one and the same by the same word: every part of a path that is not of
 * the program's own, and these names wherever else they stand. Endings stay, and so does what is below the program's folder.
 * @param names known beforehand, such as who overruled a network
 * @param own the program's folder
 */
export function withoutNames(names: readonly string[], own: string): Rewrite {
  const words = new Map<string, string>();
  const wordFor = (name: string): string => {
    const known = words.get(name) ?? `name-${words.size + 1}`;
    words.set(name, known);
    return known;
  };
  const part = (name: string): string => {
    if (name === '' || COMMON.test(name)) return name;
    const ending = /\.[a-z0-9]{1,5}$/i.exec(name)?.[0] ?? '';
    return wordFor(name.slice(0, name.length - ending.length)) + ending;
  };
  for (const name of [...names, userInfo().username, hostname()]) if (name.length > 1) wordFor(name);
  return (text) => {
    const paths = text.replaceAll(PATH, (path) => (path.startsWith(own) ? path : path.split('/').map(part).join('/')));
    // The longest first: one may be part of another.
    return [...words]
      .filter(([name]) => !COMMON.test(name))
      .toSorted(([a], [b]) => b.length - a.length)
      .reduce((left, [name, word]) => left.replaceAll(name.length > 3 ? name : asWord(name), word), paths);
  };
}

/** A short name may be part of any word. */
const asWord = (name: string): RegExp => new RegExp(`(?<![\\w-])${name.replaceAll(/[^\w]/g, '\\$&')}(?![\\w-])`, 'g');
