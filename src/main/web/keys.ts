import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { removeQuietly } from '@main/files/room';
import { beginFile } from '@main/files/writing';
import { newToken } from './access';

const keysSchema = z.object({
  token: z.string().regex(/^[\w-]{32}$/),
  viewToken: z.string().regex(/^[\w-]{32}$/),
  /** At which it was served last. */
  port: z.int().min(0).max(65_535),
});

/** What the addresses of a home consist of: they hold until they are revoked. */
export type AddressKeys = z.infer<typeof keysSchema>;

const NAME = 'addresses.json';

/** Those of before; new ones where there are none, or none that can be read. */
export function readKeys(home: string): AddressKeys {
  try {
    return keysSchema.parse(JSON.parse(readFileSync(join(home, NAME), 'utf8')));
  } catch {
    return { token: newToken(), viewToken: newToken(), port: 0 };
  }
}

/**
 * Keeps them for the next start, where only their user can read them (mode 0600).
 * @throws BraggwatchError disk-full; the system's own where the home cannot be written
 */
export function keepKeys(home: string, keys: AddressKeys): void {
  const file = beginFile(join(home, NAME), 0o600);
  file.append(new TextEncoder().encode(`${JSON.stringify(keys)}\n`));
  file.finish();
}

/** From now on no address that was handed out opens anything. */
export const revokeKeys = (home: string): void => removeQuietly(join(home, NAME));
