/** Watching with this name takes, for each scan, the preset that fits its format and detector. */
export const autoPreset = 'auto';
