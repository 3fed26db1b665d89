import { app } from 'electron';

/**
 * Whether the window will be shown on another machine: over ssh -X, in NoMachine, or on a named X server. There the GPU
 * process flickers or stays blank, and software drawing is both safe and fast enough for three 64 x 64 slices.
 */
export function isRemoteDisplay(env: NodeJS.ProcessEnv): boolean {
  const forwarded = /^[^:/]+:\d/.test(env['DISPLAY'] ?? '');
  return forwarded || ['SSH_CONNECTION', 'SSH_TTY', 'NXSESSIONID', 'NX_CLIENT'].some((name) => Boolean(env[name]));
}

/** Must run before the app is ready. `BRAGGWATCH_GPU=on` or `off` overrules the guess. */
export function chooseGraphics(env: NodeJS.ProcessEnv): void {
  const wish = env['BRAGGWATCH_GPU'];
  if (wish === 'on' || (wish !== 'off' && !isRemoteDisplay(env))) return;
  app.disableHardwareAcceleration();
  // Shared-memory images cannot cross to another machine: without this the window stays blank (electron/electron#22775).
  env['QT_X11_NO_MITSHM'] ??= '1';
}
