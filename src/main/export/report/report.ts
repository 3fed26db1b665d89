import type { ExportedScan } from '@contract/export';
import { percent, probability } from '@contract/percent';
import { html, Html } from './escape';
import { sampleMaps, type Placed } from './map';
import { reportPolicy, reportStyle } from './policy';
import { classesOf, tallyOf } from './tally';
import { classes, type DefectClass } from '@vocabulary/classes';
import { insideSays, testimonies } from '@vocabulary/inside';

export interface ReportFacts {
  readonly version: string;
  /** ISO 8601. */
  readonly made: string;
  /** The folder whose scans these are; null for all that were ever judged. */
  readonly folder: string | null;
  /** Why the model in use is not to be relied on; null where it is, left out where none is loaded. */
  readonly provisional?: string | null;
}

/** A scan with its three cuts as data addresses. */
export interface Example {
  readonly scan: ExportedScan;
  readonly images: readonly string[];
}

const when = (iso: string): string => iso.slice(0, 16).replace('T', ' ');

const verdictOf = ({ class: of, probabilities, sure, early }: ExportedScan): string =>
  of
    ? `${classes[of].words.long}, ${probability(probabilities?.[of] ?? 0)}${sure ? '' : ', unsure'}${early ? ', early' : ''}`
    : 'not judged';

const insideOf = ({ inside }: ExportedScan): string =>
  inside
    ? `${insideSays[inside.says]}${inside.character ? ` (${inside.character})` : ''}; ${testimonies[inside.testimony]}`
    : '';

const judgementOf = ({ overruled }: ExportedScan): string =>
  overruled ? `${classes[overruled.class].words.long}, by ${overruled.by}, ${when(overruled.at)}` : '';

const placeOf = ({ positions }: ExportedScan): string =>
  (positions ?? []).map(({ motor, value, unit }) => `${motor} ${value} ${unit}`.trim()).join(', ');

function counts(scans: readonly ExportedScan[]): Html {
  const { counted, of, shares, unsure, overruled, unjudged } = tallyOf(scans);
  const row = (name: DefectClass): Html => {
    const share = shares?.[name];
    return html`<tr>
      <td>${classes[name].words.long}</td>
      <td class="number">${of[name] ?? 0}</td>
      <td class="number">${share ? percent(share.value) : ''}</td>
      <td class="number">${share ? `${percent(share.low)} to ${percent(share.high)}` : ''}</td>
    </tr>`;
  };
  return html`<h2>Counts</h2>
    <table>
      <thead>
        <tr>
          <th>Class</th>
          <th>Particles</th>
          <th>Share</th>
          <th>95 % interval</th>
        </tr>
      </thead>
      <tbody>
        ${classesOf(scans).map(row)}
      </tbody>
    </table>
    <p>
      ${counted} of ${counted + unsure + unjudged} particles counted, in ${scans.length} scans: those that the network
      is sure of, and those that a person judged (${overruled}), who then counts. Left out: ${unsure} unsure,
      ${unjudged} not judged. A particle counts once, by what all its scans say together.
    </p>`;
}

const example = ({ scan, images }: Example): Html =>
  html`<figure>
    <div>
      ${images.map((image, n) => html`<img alt="${scan.scan}, cut ${n + 1} of 3 through the peak" src="${image}" />`)}
    </div>
    <figcaption><strong>${scan.scan}</strong> ${scan.title}<br />${verdictOf(scan)}</figcaption>
  </figure>`;

function list(title: string, scans: readonly ExportedScan[], none: string): Html {
  const row = (scan: ExportedScan): Html =>
    html`<tr>
      <td><strong>${scan.scan}</strong> ${scan.title}</td>
      <td>${verdictOf(scan)}</td>
      <td>${insideOf(scan)}</td>
      <td>${judgementOf(scan)}</td>
      <td>${placeOf(scan)}</td>
      <td>${scan.note}</td>
    </tr>`;
  return html`<h2>${title}</h2>
    ${
      scans.length === 0
        ? html`<p class="quiet">${none}</p>`
        : html`<table>
            <thead>
              <tr>
                <th>Scan</th>
                <th>Network</th>
                <th>Inside, by phase retrieval</th>
                <th>Person</th>
                <th>Position</th>
                <th>Note</th>
              </tr>
            </thead>
            <tbody>
              ${scans.map(row)}
            </tbody>
          </table>`
    }`;
}

/**
 * The beamtime on a page to print: counts, examples, what was flagged and noted. One file that needs nothing else, holds
 * no script, and forbids itself to load anything.
 */
export function reportPage(
  scans: readonly ExportedScan[],
  examples: readonly Example[],
  placed: readonly Placed[],
  facts: ReportFacts,
): string {
  const flagged = scans.filter((scan) => scan.flagged);
  const noted = scans.filter((scan) => !scan.flagged && (scan.note !== '' || scan.overruled));
  const models = [...new Set(scans.flatMap(({ model }) => (model ? [`${model.name} ${model.hash.slice(0, 8)}`] : [])))];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${reportPolicy}" />
        <title>Braggwatch beamtime report ${when(facts.made)}</title>
        ${new Html(`<style>${reportStyle}</style>`)}
      </head>
      <body>
        <p class="screen quiet">To keep this page as PDF, print it (Ctrl+P) and choose “Save as PDF”.</p>
        <h1>Beamtime report</h1>
        <p class="quiet">
          Made ${when(facts.made)} UTC by Braggwatch
          ${facts.version}${facts.folder ? `, of the scans in ${facts.folder}` : ', of all scans in its ledger'}${models.length > 0 ? `; model ${models.join(', ')}` : ''}.
        </p>
        ${
          facts.provisional
            ? html`<p class="warning">
                <strong>Provisional model.</strong> Do not rely on its verdicts for decisions: ${facts.provisional}
              </p>`
            : ''
        }
        ${counts(scans)}
        <h2>Sample map</h2>
        ${sampleMaps(placed)}
        <h2>Clearest examples</h2>
        ${
          examples.length === 0
            ? html`<p class="quiet">No sure verdict yet.</p>`
            : html`<div class="examples">${examples.map(example)}</div>
                <p class="quiet">
                  Three orthogonal cuts through the peak, five decades from white to black; pale blue: not measured.
                </p>`
        }
        ${list('Flagged', flagged, 'Nothing is flagged.')}
        ${noted.length > 0 ? list('Noted or overruled, not flagged', noted, '') : ''}
      </body>
    </html> `.source;
}
