import { expect, it } from 'vitest';
import { beamLists } from '@main/scan/beam';

const read = (lists: Readonly<Record<string, readonly number[]>>, frames = 3) =>
  beamLists(Object.keys(lists), (name) => lists[name], frames).beam?.map(({ kind, name }) => `${kind} ${name}`);

it('counters of time and attenuators are told by their names, behind those of devices, where they change', () => {
  const lists = {
    Seconds: [1, 1, 2],
    acq_time: [1, 2, 2],
    mpx1x4_acq_time: [1, 2, 2],
    transm: [1, 0.1, 1],
    att: [1, 10, 1],
    Attenuation: [1, 10, 1],
    filters: [0, 3, 0],
  };
  expect(read(lists)).toEqual([
    'time Seconds',
    'time acq_time',
    'time mpx1x4_acq_time',
    'attenuation transm',
    'attenuation att',
    'attenuation Attenuation',
    'attenuation filters',
  ]);
});

it('what stays as it is, what is shorter than the scan and what is something else tells nothing', () => {
  const lists = {
    sec: [1, 1, 1],
    transm: [1, 0.1],
    elapsed_time: [1, 2, 3],
    epoch: [1, 2, 3],
    eta: [1, 2, 3],
    attocube_x: [1, 2, 3],
    transx: [1, 2, 3],
  };
  expect(read(lists)).toBeUndefined();
});
