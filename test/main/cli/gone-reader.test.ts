import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { builtCli, temporaryFolder } from '../../support/build';

it.skipIf(!existsSync(builtCli))('a command whose reader has gone ends, and says nothing of a mistake', () => {
  const home = temporaryFolder();
  const piped = (command: string): string => {
    const env = { ...process.env, XDG_DATA_HOME: home };
    const { stderr } = spawnSync(
      'bash',
      ['-c', `"${process.execPath}" "${builtCli}" ${command} | true; echo "\${PIPESTATUS[0]}" >&2`],
      {
        encoding: 'utf8',
        env,
      },
    );
    return stderr;
  };
  expect(piped('bench --help')).toBe('0\n');
  expect(piped('export --format json')).toMatch(/^Nothing was judged yet in .*\n0\n$/);
});
