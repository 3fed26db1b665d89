import type { OcclusionState } from '@contract/occlusion';
import type { Handlers } from '@contract/procedures';
import type { Job } from '@contract/jobs';
import { createBoard } from '@main/jobs/board';
import { createListing } from '@main/jobs/listing';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/build';

const unasked = (): never => {
  throw new Error('not asked');
};

describe('an occlusion map in the list of jobs', () => {
  it('is paused, gone on with and cancelled where its panel asks the same', async () => {
    const asked: string[] = [];
    const state: OcclusionState = { id: 'scan-1', status: 'running', map: null, problem: null };
    const tell = (status: OcclusionState['status']): OcclusionState => {
      const next = { ...state, status };
      listing.occlusion(next, 'S0001');
      return next;
    };
    const answer = (what: string, then: OcclusionState['status']) => (input: { id: string }) => {
      asked.push(`${what} ${input.id}`);
      return tell(then);
    };
    const handlers = {
      'occlusion/pause': answer('pause', 'paused'),
      'occlusion/resume': answer('resume', 'running'),
      'occlusion/stop': answer('stop', 'stopped'),
    } as unknown as Handlers;
    const board = createBoard(() => undefined);
    const listing = createListing(board, handlers, { pause: unasked, resume: unasked, cancel: unasked });
    const jobs = (): Job[] => board.handlers['jobs/list']() as Job[];

    tell('running');
    await eventually(() => jobs().length === 1, 'it is listed');
    const { id } = jobs()[0]!;
    expect(jobs()[0]).toMatchObject({ status: 'running', acts: ['pause', 'cancel'] });
    await board.handlers['jobs/act']({ id, act: 'pause' });
    expect(jobs()[0]).toMatchObject({ status: 'paused', acts: ['resume', 'cancel'] });
    await board.handlers['jobs/act']({ id, act: 'resume' });
    expect(jobs()[0]).toMatchObject({ status: 'running', acts: ['pause', 'cancel'] });
    await board.handlers['jobs/act']({ id, act: 'pause' });
    await board.handlers['jobs/act']({ id, act: 'cancel' });
    expect(jobs()).toEqual([]);
    expect(asked).toEqual(['pause scan-1', 'resume scan-1', 'pause scan-1', 'stop scan-1']);
    board.close();
  });
});

it('lists the looking into crystals, with whole retrievals only, and lets it be paused and given up', async () => {
  const asked: string[] = [];
  const about = { id: 'a', done: 1.7, total: 5 };
  const tell = (status: 'running' | 'paused' | 'stopped') => listing.inside({ status, problem: null, about }, 'S0001');
  const control = {
    pause: () => (asked.push('pause'), tell('paused')),
    resume: () => (asked.push('resume'), tell('running')),
    cancel: () => (asked.push('cancel'), tell('stopped')),
  };
  const board = createBoard(() => undefined);
  const listing = createListing(board, {} as Handlers, control);
  const jobs = (): Job[] => board.handlers['jobs/list']() as Job[];
  tell('running');
  await eventually(() => jobs().length === 1, 'it is listed');
  const [{ id } = { id: '' }] = jobs();
  expect(jobs()[0]).toMatchObject({ kind: 'retrieval', name: 'S0001', done: 1, total: 5, acts: ['pause', 'cancel'] });
  await board.handlers['jobs/act']({ id, act: 'pause' });
  expect(jobs()[0]).toMatchObject({ status: 'paused', acts: ['resume', 'cancel'] });
  await board.handlers['jobs/act']({ id, act: 'resume' });
  await board.handlers['jobs/act']({ id, act: 'cancel' });
  expect(jobs()).toEqual([]);
  expect(asked).toEqual(['pause', 'resume', 'cancel']);
  board.close();
});
