import envPaths from 'env-paths';

/** Folder of the ledger, the results and the settings: `BRAGGWATCH_HOME`, or where the system keeps a user's data. */
export const defaultHome = (): string => process.env['BRAGGWATCH_HOME'] ?? envPaths('braggwatch', { suffix: '' }).data;
