/** The app's views, in the order of their tabs; each has its number as a key. */
export const viewNames = ['watch', 'simulate', 'train', 'overview'] as const;
export type ViewName = (typeof viewNames)[number];

/** What opens over a view, by its name: a feature opens another's dialog without knowing the feature. */
export type DialogName = 'folder' | 'beamline' | 'help' | 'export' | 'settings' | 'jobs' | 'share';
