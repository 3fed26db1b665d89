import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Before the first test, of Vitest as of Playwright: everything temporary lies in one folder, which goes when the last test has ended, so
 * that nothing stays behind of what the programs under test were killed over.
 * @returns what removes it
 */
export default function oneTemporaryFolder(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'braggwatch-tests-'));
  // Tests of rights run as another user, who has to get through it.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
  // What goes wrong in a test is not logged in the home of whoever runs it.
  process.env.BRAGGWATCH_LOGS = join(folder, 'logs');
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
