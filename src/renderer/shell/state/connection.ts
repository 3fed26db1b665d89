import { createContext } from 'svelte';
import type { Connection } from '@renderer/connection/types';

/** The window's connection to the app, for whoever asks it something. */
export const [useConnection, provideConnection] = createContext<Connection>();
