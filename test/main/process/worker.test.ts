import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import type { ChildPort, Launcher } from '@main/process/launcher';
import { createWorker, type Worker } from '@main/process/worker';
import type { ScanService } from '@main/reading/service';
import { writeEndless } from '../../helpers/damage';
import { builtLauncher, eventually, temporaryFolder } from '../../support/build';

interface Started {
  readonly worker: Worker<ScanService>;
  readonly ports: ChildPort[];
}

function start(timeoutMs = 30_000): Started {
  const built = builtLauncher();
  const ports: ChildPort[] = [];
  const launcher: Launcher = {
    launch(entry) {
      const port = built.launch(entry);
      ports.push(port);
      return port;
    },
  };
  const worker = createWorker<ScanService>(launcher, 'scan-worker', { timeoutMs });
  onTestFinished(() => worker.close());
  return { worker, ports };
}

const codeOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'no error';
  } catch (error) {
    return error instanceof BraggwatchError ? error.code : String(error);
  }
};

const alive = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a worker', () => {
  it('starts at its first call and brings coded errors across with their whole message', async () => {
    const { worker, ports } = start();
    expect(ports).toHaveLength(0);
    const error: unknown = await worker.call('list', '/nowhere/at/all.h5', 'bliss').catch((e: unknown) => e);
    expect(error).toBeInstanceOf(BraggwatchError);
    expect(error).toMatchObject({ code: 'path-missing', message: expect.stringContaining('/nowhere/at/all.h5') });
    expect(ports).toHaveLength(1);
  });

  it('that dies fails the call under way and is replaced at the next one', async () => {
    const { worker, ports } = start();
    await codeOf(worker.call('list', '/nowhere.h5', 'bliss'));
    const call = codeOf(worker.call('list', '/nowhere.h5', 'bliss'));
    process.kill(ports[0]!.pid!, 'SIGKILL');
    expect(['worker-died', 'path-missing']).toContain(await call);
    await eventually(() => !alive(ports[0]!.pid), 'the process is gone');
    expect(await codeOf(worker.call('list', '/nowhere.h5', 'bliss'))).toBe('path-missing');
    expect(ports).toHaveLength(2);
  });

  it('that takes too long is ended, and the call says so', async () => {
    const { worker, ports } = start(500);
    const endless = join(temporaryFolder(), 'endless.h5');
    writeEndless(endless);
    expect(await codeOf(worker.call('list', endless, 'bliss'))).toBe('timed-out');
    await eventually(() => !alive(ports[0]!.pid), 'the process is gone');
  });

  it('answers no calls after it was closed', async () => {
    const { worker, ports } = start();
    worker.close();
    expect(await codeOf(worker.call('list', '/nowhere.h5', 'bliss'))).toBe('worker-died');
    expect(ports).toHaveLength(0);
  });

  it('cannot be made to call what it does not serve', async () => {
    const { worker } = start();
    const wild = worker as unknown as Worker<Record<string, () => void>>;
    expect(await codeOf(wild.call('constructor'))).toBe('internal');
    expect(await codeOf(wild.call('__proto__'))).toBe('internal');
  });
});
