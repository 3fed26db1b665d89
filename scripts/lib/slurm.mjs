import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { machineEnv } from './paths.mjs';
import { attempt, capture } from './run.mjs';

const daemons = ['/usr/sbin/munged', '/usr/sbin/slurmctld', '/usr/sbin/slurmd'];
const installed = () => daemons.every((path) => existsSync(path));

/**
 * Debian's Slurm, where root and apt can bring it.
 * @returns {Promise<string | undefined>} why there is none
 */
export async function ensureSlurm() {
  if (process.getuid?.() !== 0) return 'slurmd and munged need root here';
  if (installed()) return undefined;
  if (!existsSync('/usr/bin/apt-get')) return 'no Slurm on this machine, and no apt to bring it';
  const env = { ...machineEnv, DEBIAN_FRONTEND: 'noninteractive' };
  const impatient = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::https::Timeout=20'];
  const apt = (title, ...args) => attempt(title, '/usr/bin/apt-get', ['-qq', '-y', ...impatient, ...args], env);
  if (await apt('Fetching package lists (apt-get update)', 'update'))
    await apt('Installing Slurm (apt-get)', '--no-install-recommends', 'install', 'slurm-wlm', 'munge');
  return installed() ? undefined : 'apt could not bring Slurm';
}

/** A cluster of this machine alone, all of whose files lie in one folder. No systemd, cgroups or accounting. */
const configuration = (folder, [controller, node]) => `ClusterName=braggwatch
SlurmctldHost=localhost
SlurmctldPort=${controller}
SlurmdPort=${node}
AuthType=auth/munge
AuthInfo=socket=${folder}/munge/socket
SlurmUser=root
SlurmdUser=root
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=batch_sched_delay=0,sched_interval=1
KillWait=2
MinJobAge=10
ReturnToService=2
NodeName=localhost CPUs=${availableParallelism()} State=UNKNOWN
PartitionName=main Nodes=localhost Default=YES State=UP
`;

/**
 * Starts a cluster in an empty folder, as plain child processes.
 * @returns {Promise<{configuration: string, stop: () => Promise<void>}>}
 */
export async function startSlurm(folder, ports) {
  for (const name of ['munge', 'state', 'spool']) mkdirSync(join(folder, name), { recursive: true });
  // munged and its users want to reach the socket, and nobody else to write beside it.
  for (const place of [folder, join(folder, 'munge')]) chmodSync(place, 0o755);
  const path = join(folder, 'slurm.conf');
  writeFileSync(path, configuration(folder, ports));
  const env = { ...machineEnv, SLURM_CONF: path };
  const munge = join(folder, 'munge');
  const children = [];
  const start = (command, ...args) => {
    const child = spawn(command, args, { env, stdio: 'ignore' });
    children.push(child);
  };
  const stop = async () => {
    await capture('scancel', ['--user=root'], env);
    await sleep(500);
    for (const child of children.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await Promise.race([gone, sleep(5000).then(() => child.kill('SIGKILL'))]);
    }
  };

  await capture('/usr/sbin/mungekey', ['--create', `--keyfile=${munge}/key`], env);
  start(
    '/usr/sbin/munged',
    ...['--foreground', '--force', `--key-file=${munge}/key`, `--socket=${munge}/socket`, `--pid-file=${munge}/pid`],
    ...[`--log-file=${munge}/log`, `--seed-file=${munge}/seed`],
  );
  for (let tries = 0; !existsSync(join(munge, 'socket')) && tries < 50; tries++) await sleep(100);
  start('/usr/sbin/slurmctld', '-D', '-L', join(folder, 'slurmctld.log'));
  await sleep(500);
  start('/usr/sbin/slurmd', '-D', '-N', 'localhost', '-L', join(folder, 'slurmd.log'));
  for (let tries = 0; tries < 60; tries++) {
    const { output } = await capture('sinfo', ['--noheader', '--format=%T'], env);
    if (output.trim() === 'idle') return { configuration: path, stop };
    await sleep(500);
  }
  await stop();
  const logs = ['munge/log', 'slurmctld.log', 'slurmd.log']
    .map((name) => join(folder, name))
    .filter((log) => existsSync(log));
  const said = logs.map((log) => readFileSync(log, 'utf8').trimEnd().split('\n').slice(-3).join('\n')).join('\n');
  throw new Error(`Slurm does not come up:\n${said}`);
}
