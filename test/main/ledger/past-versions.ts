/**
 * The ledger's tables as each past version made them, and the rows that each could write: what a migration must bring over. None of these
 * numbered its steps (`user_version` 0); the two of the middle come from branches that were joined by the last.
 */

const base = `
  id TEXT PRIMARY KEY, source TEXT NOT NULL, number INTEGER NOT NULL, format TEXT NOT NULL, name TEXT NOT NULL,
  title TEXT NOT NULL, state TEXT NOT NULL, frames_present INTEGER NOT NULL, frames_expected INTEGER NOT NULL,
  preset TEXT NOT NULL DEFAULT '', verdict TEXT, problem TEXT, warnings TEXT NOT NULL DEFAULT '[]', line TEXT,
  geometry TEXT NOT NULL DEFAULT '[]', rocking_curve TEXT, truth TEXT, nexus TEXT, signature TEXT,
  flagged INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT ''`;
const times = 'seen_at TEXT NOT NULL, judged_at TEXT, judged_count INTEGER NOT NULL DEFAULT 0';
const rest = `CREATE INDEX scans_by_time ON scans (seen_at);
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO settings VALUES ('watch', 'null');`;
const histories = `CREATE TABLE verdicts (scan TEXT NOT NULL, judged_at TEXT NOT NULL, verdict TEXT NOT NULL, model TEXT,
  PRIMARY KEY (scan, judged_at)) STRICT;`;

/** A verdict of before there were doubts, novelty and opinions. */
export const verdict = {
  class: 'edge',
  defective: 0.9,
  probabilities: { perfect: 0.1, screw: 0.2, edge: 0.7 },
  sure: true,
};

const scan = (id: string, columns = '', values = ''): string => `
INSERT INTO scans (id, source, number, format, name, title, state, frames_present, frames_expected, verdict, flagged, note,
  seen_at, judged_at, judged_count${columns})
VALUES ('${id}', '/data/${id}.h5', 1, 'bliss', 'S0001', 'ascan th', 'classified', 41, 41, '${JSON.stringify(verdict)}', 1, 'go back',
  '2026-01-02T03:04:05.000Z', '2026-01-02T03:05:00.000Z', 1${values});`;

const overruled = `'{"class":"screw","by":"Lea","at":"2026-01-02T04:00:00.000Z"}'`;
const position = `'{"axes":[{"name":"x","micrometres":1,"motors":["pix"]},{"name":"y","micrometres":2,"motors":["piy"]}]}'`;
const earlier = `INSERT INTO verdicts VALUES
  ('a', '2026-01-01T00:00:00.000Z', '${JSON.stringify({ ...verdict, class: 'screw' })}', '{"name":"old","hash":"12ab"}'),
  ('a', '2026-01-02T03:05:00.000Z', '${JSON.stringify(verdict)}', NULL);`;

export const pastVersions: Readonly<Record<string, string>> = {
  '2026-11-22, the first': `CREATE TABLE scans (${base}, ${times}) STRICT; ${rest} ${scan('a')}`,
  '2026-11-25, with places on the sample': `CREATE TABLE scans (${base}, ${times}, sample TEXT, position TEXT) STRICT; ${rest}
    ${scan('a', ', sample, position', `, 'B12', ${position}`)}`,
  '2026-11-25, with histories': `CREATE TABLE scans (${base}, ${times}) STRICT; ${rest} ${histories} ${scan('a')} ${earlier}`,
  '2026-11-25, with people’s classes': `CREATE TABLE scans (${base}, overruled TEXT, ${times}) STRICT; ${rest}
    ${scan('a', ', overruled', `, ${overruled}`)}`,
  '2026-11-26 to -29, all of them': `CREATE TABLE scans (${base}, overruled TEXT, ${times}, sample TEXT, position TEXT) STRICT;
    ${rest} ${histories} ${scan('a', ', overruled, sample, position', `, ${overruled}, 'B12', ${position}`)} ${earlier}`,
};
