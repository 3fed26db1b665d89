import { describe, expect, it } from 'vitest';
import { parseEnd, parseQueue, parseSubmitted } from '@main/dataset/slurm/parse';

describe("Slurm's answers", () => {
  it('gives the tasks of the queue, split up or not', () => {
    // As squeue 22.05 printed them.
    expect(parseQueue('1|3|PENDING\n1|1|RUNNING\n1|2|COMPLETING\n')).toEqual([
      { job: 1, task: 3, state: 'PENDING' },
      { job: 1, task: 1, state: 'RUNNING' },
      { job: 1, task: 2, state: 'COMPLETING' },
    ]);
    expect(parseQueue('').length).toBe(0);
    expect(parseQueue('17|N/A|RUNNING\n').length).toBe(0);
    expect(parseQueue('9|2,5-7%4|PENDING\n').map(({ task }) => task)).toEqual([2, 5, 6, 7]);
    expect(parseQueue('slurm_load_jobs error: Unable to contact slurm controller\n')).toEqual([]);
  });

  it("gives the submitted job's number", () => {
    expect(parseSubmitted('4711\n')).toBe(4711);
    expect(parseSubmitted('4711;cluster2\n')).toBe(4711);
    expect(parseSubmitted('sbatch: a word of welcome\n4711\n')).toBe(4711);
    expect(parseSubmitted('')).toBeUndefined();
    expect(parseSubmitted('Submitted nothing 12')).toBeUndefined();
  });

  it('tells how a task ended, with accounting and without', () => {
    expect(parseEnd('OUT_OF_MEMORY|0:125\n')).toBe('OUT_OF_MEMORY, exit 0:125');
    expect(parseEnd('CANCELLED by 1000|0:15\n')).toBe('CANCELLED, exit 0:15');
    expect(
      parseEnd('JobId=2 ArrayJobId=1 ArrayTaskId=1 JobName=wrap UserId=root(0) JobState=FAILED Reason=x ExitCode=3:0'),
    ).toBe('FAILED, exit 3:0');
    expect(parseEnd('Slurm accounting storage is disabled')).toBeUndefined();
    expect(parseEnd('')).toBeUndefined();
  });
});
