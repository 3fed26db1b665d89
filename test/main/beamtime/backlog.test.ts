import { expect, it, vi } from 'vitest';
import { createBacklog } from '@main/beamtime/backlog';
import type { JobControl, JobLine } from '@main/jobs/board';

function backlogOf() {
  const told: { line: JobLine | null; control: JobControl | undefined }[] = [];
  const control = { pause: vi.fn(), resume: vi.fn(), cancel: vi.fn() };
  const backlog = createBacklog({ tell: (_id, line, control) => void told.push({ line, control }) }, control);
  const last = () => told.at(-1)!;
  return { backlog, control, last };
}

it('counts from the first scan that waits to the last that is judged, and begins anew', () => {
  const { backlog, last } = backlogOf();
  for (const n of [1, 2, 3]) backlog.added(n);
  backlog.begun('S1');
  backlog.ended(2);
  expect(last().line).toMatchObject({ name: 'S1', status: 'running', done: 1, total: 3 });
  backlog.ended(1);
  backlog.ended(0);
  expect(last().line).toMatchObject({ status: 'done', done: 3, total: 3 });
  backlog.added(1);
  expect(last().line).toMatchObject({ status: 'running', done: 0, total: 1 });
});

it('holds the queue while paused, counts what arrives meanwhile, and goes on', () => {
  const { backlog, control, last } = backlogOf();
  backlog.added(1);
  backlog.added(2);
  last().control?.pause?.();
  expect(control.pause).toHaveBeenCalledOnce();
  backlog.added(3);
  expect(last().line).toMatchObject({ status: 'stopped', total: 3 });
  last().control?.resume?.();
  expect(control.resume).toHaveBeenCalledOnce();
  expect(last().line).toMatchObject({ status: 'running' });
});

it('gives up what waits; the scan under way says nothing more', () => {
  const { backlog, control, last } = backlogOf();
  backlog.added(1);
  backlog.added(2);
  last().control?.cancel?.();
  expect(control.cancel).toHaveBeenCalledOnce();
  const { line } = last();
  backlog.ended(0);
  expect(last().line).toBe(line);
});
