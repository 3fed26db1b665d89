import { bridgeName, type Bridge } from '@contract/bridge';

/** The preload script's bridge; undefined in a browser. */
export const findBridge = (): Bridge | undefined => (window as { [bridgeName]?: Bridge })[bridgeName];
