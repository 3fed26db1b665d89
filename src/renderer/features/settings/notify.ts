import type { Connection } from '@renderer/connection/types';
import type { NotifyPort } from './notifier.svelte';

let audio: AudioContext | undefined;

/** Two short tones, made here: nothing to load, nothing to ship. */
function beep(): void {
  audio ??= new AudioContext();
  const start = audio.currentTime;
  for (const [n, frequency] of [660, 880].entries()) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0.08, start + n * 0.16);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + n * 0.16 + 0.15);
    tone.connect(volume).connect(audio.destination);
    tone.start(start + n * 0.16);
    tone.stop(start + n * 0.16 + 0.15);
  }
}

/**
 * Notifications of the shell that shows this page: the browser's own, or the desktop's through the app.
 * @param isDesktop whether the app runs in a desktop window
 */
export function notifyPort(connection: Connection, isDesktop: boolean): NotifyPort {
  return {
    async prepare(name) {
      if (name === 'sound') {
        beep();
        return null;
      }
      if (isDesktop) return null;
      if (!('Notification' in window)) return 'unsupported';
      return (await Notification.requestPermission()) === 'granted' ? null : 'denied';
    },
    notify(title, body) {
      // A notification that cannot be shown is no news worth an alert.
      if (isDesktop) void connection.call('desktop/notify', { title, body }).catch(() => undefined);
      else if ('Notification' in window && Notification.permission === 'granted')
        new Notification(title, { body, silent: true, tag: 'braggwatch' });
    },
    beep,
  };
}
