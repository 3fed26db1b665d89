import { createHash } from 'node:crypto';

/** The report's own style, for paper first: one A4 page where the lists are short. */
export const reportStyle = `
@page { size: A4; margin: 12mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 16px; max-width: 800px; font: 12px/1.4 system-ui, 'DejaVu Sans', 'Liberation Sans', sans-serif; color: #16191d; background: #fff; }
h1 { margin: 0; font-size: 20px; }
h2 { margin: 14px 0 4px; font-size: 14px; border-bottom: 1px solid #aab2bd; }
p { margin: 2px 0; }
.quiet { color: #515a66; }
.warning { margin: 6px 0; padding: 4px 8px; border: 1px solid #9a6a00; border-left-width: 5px; }
svg { display: block; break-inside: avoid; font-family: inherit; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 2px 8px 2px 0; text-align: left; vertical-align: top; border-bottom: 1px solid #d3d8df; overflow-wrap: anywhere; }
td.number { white-space: nowrap; }
.examples { display: grid; grid-template-columns: repeat(2, 1fr); gap: 8px 16px; }
figure { margin: 0; break-inside: avoid; }
figure div { display: flex; gap: 4px; }
figure img { width: 118px; height: 118px; border: 1px solid #d3d8df; image-rendering: pixelated; }
tr { break-inside: avoid; }
@media print { body { padding: 0; max-width: none; } .screen { display: none; } }
`;

/** What the report may do: show its own style and its embedded pictures. No script, no address, no form. */
export const reportPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(reportStyle).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
