import { workerEnvironment, workerPath, type Launcher } from '@main/process/launcher';
import { utilityProcess } from 'electron';

/** Child processes of Electron: Node without a window, ended by Electron with the app. After `ready`. */
export const electronLauncher: Launcher = {
  launch(entry) {
    const child = utilityProcess.fork(workerPath(entry), [], {
      serviceName: `Braggwatch ${entry}`,
      env: workerEnvironment(),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return {
      get pid() {
        return child.pid;
      },
      post: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', () => listener()),
      kill: () => {
        try {
          // Not child.kill(): that asks, and a process hung in native code does not answer.
          if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
        } catch {
          // It ended just now by itself.
        }
      },
    };
  },
};
