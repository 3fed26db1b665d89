import { BraggwatchError } from '@contract/errors';
import { everyState, mapped, overfull } from './fake-scans';
import type { FakeState } from './fake-app';

const watch = { folder: '/data/visitor/hc5432/id01/20260513/RAW_DATA' };

/** The states a screen can be in. */
export const scenarios = {
  empty: {},
  waiting: { watch },
  beamtime: { watch, scans: everyState() },
  overfull: { watch, scans: overfull(2000) },
  mapped: { watch, scans: mapped(140) },
  mappedOverfull: { watch, scans: mapped(2000) },
  slow: { watch, scans: everyState(), delay: 3000 },
  failing: { watch, scans: everyState(), failing: ['scans/detail', 'scans/flag'] },
  troubled: {
    watch: { ...watch, problem: new BraggwatchError('path-missing', watch.folder).toProblem() },
    scans: everyState(),
    info: { engine: null, model: null },
    alerts: [{ id: 'model', problem: new BraggwatchError('engine-unavailable', 'onnxruntime-node').toProblem() }],
  },
  desktop: { info: { shell: 'electron', canPickFolder: true } },
} satisfies Record<string, FakeState>;
