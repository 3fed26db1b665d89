import { canJudge, RunningCommand } from './command';

export const demoCanRun = canJudge;

/** The real app on its simulated beamtime, as `npm run demo` starts it without a window. */
export const RunningDemo = {
  /** Starts the demo in a folder, or goes on where an earlier one stopped. */
  start: (folder: string): Promise<RunningCommand> =>
    RunningCommand.start(['demo', '--folder', folder, '--speed', '50']),
};
