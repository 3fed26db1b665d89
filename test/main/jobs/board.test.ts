import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BraggwatchError } from '@contract/errors';
import { jobSchema, type Job } from '@contract/jobs';
import { createBoard, type Board, type JobLine } from '@main/jobs/board';

let told: Job[][];
let board: Board;
const shown = (): Job[] => board.handlers['jobs/list']() as Job[];
const act = (id: string, what: 'pause' | 'resume' | 'cancel' | 'dismiss'): Promise<unknown> =>
  Promise.resolve(board.handlers['jobs/act']({ id, act: what }));
const line = (status: JobLine['status'], change: Partial<JobLine> = {}): JobLine => ({
  ...{ kind: 'simulation', name: 'Pt', folder: '/sets/pt', status, done: 3, total: 12 },
  ...change,
});

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  board = createBoard((jobs) => told.push(jobs));
});
afterEach(() => {
  board.close();
  vi.useRealTimers();
});

describe('the job list', () => {
  it('lists what runs longer than a second, and what fits its schema', () => {
    board.tell('simulation', line('running', { secondsLeft: 40 }), { pause: vi.fn(), cancel: vi.fn() });
    vi.advanceTimersByTime(900);
    expect(shown()).toEqual([]);
    vi.advanceTimersByTime(400);
    expect(told).toHaveLength(1);
    const [job] = shown();
    expect(jobSchema.parse(job)).toMatchObject({ done: 3, total: 12, secondsLeft: 40, acts: ['pause', 'cancel'] });
  });

  it('never lists what ends within a second, unless it failed there', () => {
    board.tell('a', line('running'));
    board.tell('a', line('done'));
    board.tell('b', line('running'));
    board.tell('b', line('failed', { problem: new BraggwatchError('disk-full').toProblem() }));
    vi.advanceTimersByTime(5000);
    expect(shown()).toMatchObject([{ id: 'b', status: 'failed', problem: { code: 'disk-full' }, acts: ['dismiss'] }]);
  });

  it('keeps a stopped job that can be gone on with as paused, with resume; cancelling it takes it off', async () => {
    const control = { pause: vi.fn(), resume: vi.fn(), cancel: vi.fn() };
    board.tell('simulation', line('running'), control);
    vi.advanceTimersByTime(1000);
    await act('simulation', 'pause');
    expect(control.pause).toHaveBeenCalledOnce();
    board.tell('simulation', line('stopping'), control);
    expect(shown()[0]?.acts).toEqual([]);
    board.tell('simulation', line('stopped'), control);
    expect(shown()).toMatchObject([{ status: 'paused', acts: ['resume', 'cancel'] }]);
    await act('simulation', 'resume');
    expect(control.resume).toHaveBeenCalledOnce();
    await act('simulation', 'cancel');
    expect(shown()).toEqual([]);
  });

  it('takes a cancelled job off once it has ended, and a later pause of the next one is a pause again', async () => {
    const control = { pause: vi.fn(), resume: vi.fn(), cancel: vi.fn() };
    board.tell('simulation', line('running'), control);
    vi.advanceTimersByTime(1000);
    await act('simulation', 'cancel');
    board.tell('simulation', line('stopping'), control);
    board.tell('simulation', line('stopped'), control);
    expect(shown()).toEqual([]);
    board.tell('simulation', line('running'), control);
    vi.advanceTimersByTime(1000);
    board.tell('simulation', line('stopped'), control);
    expect(shown()).toMatchObject([{ status: 'paused' }]);
  });

  it('keeps ended jobs until they are dismissed', async () => {
    board.tell('training', line('running', { kind: 'training' }));
    vi.advanceTimersByTime(1000);
    board.tell('training', line('done', { kind: 'training' }));
    vi.advanceTimersByTime(3_600_000);
    expect(shown()).toMatchObject([{ status: 'done', acts: ['dismiss'] }]);
    await act('training', 'dismiss');
    expect(shown()).toEqual([]);
  });

  it('refuses what a job cannot be asked', async () => {
    board.tell('training', line('running'));
    vi.advanceTimersByTime(1000);
    await expect(act('training', 'pause')).rejects.toMatchObject({ code: 'job-gone' });
    await expect(act('nothing', 'cancel')).rejects.toMatchObject({ code: 'job-gone' });
  });

  it('cancels a run for whoever waits for it, and tells the work', async () => {
    let given: AbortSignal | undefined;
    const run = board.run({ kind: 'export', name: 'report' }, (signal) => {
      given = signal;
      return new Promise<string>(() => undefined);
    });
    const ended = expect(run).rejects.toMatchObject({ code: 'job-cancelled' });
    vi.advanceTimersByTime(1000);
    const [job] = shown();
    expect(job).toMatchObject({ kind: 'export', name: 'report', total: null });
    await act(job!.id, 'cancel');
    await ended;
    expect(given?.aborted).toBe(true);
    expect(shown()).toEqual([]);
  });

  it('keeps the failure of a run that was waited for, with its code', async () => {
    let fail: (error: Error) => void = () => undefined;
    const run = board.run({ kind: 'export', name: 'csv' }, () => new Promise((_resolve, reject) => (fail = reject)));
    const ended = expect(run).rejects.toMatchObject({ code: 'disk-full' });
    vi.advanceTimersByTime(1500);
    fail(new BraggwatchError('disk-full'));
    await ended;
    expect(shown()).toMatchObject([{ status: 'failed', problem: { code: 'disk-full' } }]);
  });
});
