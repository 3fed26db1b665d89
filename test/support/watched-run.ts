import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether system calls can be watched here. */
export const noTrace = spawnSync('strace', ['-f', '--seccomp-bpf', '-o', '/dev/null', 'true']).status !== 0;

export interface Watched {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** What lies in the folders that programs use by habit: the user's home, cache, configuration and temporary files. */
  readonly left: readonly string[];
  /** Internet sockets that any of the processes made, as strace writes them; empty where it is not there. */
  readonly sockets: readonly string[];
  /** Folders and files that any of them made. */
  readonly made: readonly string[];
}

const CALLS = 'socket,connect,openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat';

/** Of strace's lines: what succeeded and made a file or a folder. */
function madeBy(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const call = /^\d+ +(\w+)\((.*)\) = \d/.exec(line);
    if (!call || (call[1]!.startsWith('open') && !/O_CREAT|O_TMPFILE/.test(call[2]!))) return [];
    const paths = [...call[2]!.matchAll(/"([^"]*)"/g)].map(([, path]) => path!);
    return /^(socket|connect)$/.test(call[1]!) ? [] : paths.slice(-1);
  });
}

/**
 * Runs Node as a user whose home, cache and temporary folder are empty, and watches every process that comes of it. The environment
 * holds nothing that would keep a library quiet.
 * @param place an empty folder for these folders and the record
 * @param until given what strace has recorded so far: whether enough was seen, so that the run may be ended
 */
export async function watchedRun(
  place: string,
  args: readonly string[],
  until: (record: string) => boolean = () => false,
): Promise<Watched> {
  const folders = ['home', 'cache', 'config', 'data', 'temporary'].map((name) => join(place, name));
  for (const folder of folders) mkdirSync(folder);
  const [HOME, XDG_CACHE_HOME, XDG_CONFIG_HOME, XDG_DATA_HOME, TMPDIR] = folders;
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(ORT_|XDG_|VITEST|NODE_|TMP|HOME$|BRAGGWATCH_)/.test(name),
  );
  const env = { ...Object.fromEntries(kept), HOME, XDG_CACHE_HOME, XDG_CONFIG_HOME, XDG_DATA_HOME, TMPDIR };
  const record = join(place, 'record');
  const [command, ...before] = noTrace
    ? [process.execPath]
    : ['strace', '-f', '--seccomp-bpf', '-s', '4096', '-o', record, '-e', `trace=${CALLS}`, process.execPath];
  const child = spawn(command, [...before, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text: Buffer) => (out += String(text)));
  child.stderr.on('data', (text: Buffer) => (err += String(text)));
  const recorded = (): string => (existsSync(record) ? readFileSync(record, 'utf8') : '');
  const watching = setInterval(() => {
    if (child.exitCode === null && until(recorded())) process.kill(-child.pid!, 'SIGKILL');
  }, 500);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(watching);
  const lines = recorded().split('\n');
  return {
    code,
    out,
    err,
    left: folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))),
    ),
    sockets: lines.filter((line) => /\b(socket|connect)\(.*\bAF_(INET6?|NETLINK|PACKET)\b/.test(line)),
    made: madeBy(lines),
  };
}
