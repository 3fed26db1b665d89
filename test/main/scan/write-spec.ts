import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface TiffOptions {
  /** Entries that replace or add to the ordinary ones: tag to [type, count, value]. */
  readonly entries?: Readonly<Record<number, readonly [number, number, number]>>;
  readonly bigEndian?: boolean;
}

/** A 32-bit TIFF as EPICS areaDetector writes it: one strip, no compression. */
export function tiff(
  data: Int32Array | Float32Array,
  rows: number,
  cols: number,
  { entries = {}, bigEndian = false }: TiffOptions = {},
): Buffer {
  const fields: Record<number, readonly [number, number, number]> = {
    256: [4, 1, cols],
    257: [4, 1, rows],
    258: [3, 1, 32],
    259: [3, 1, 1],
    262: [3, 1, 1],
    273: [4, 1, 512],
    277: [3, 1, 1],
    278: [4, 1, rows],
    279: [4, 1, data.byteLength],
    339: [3, 1, data instanceof Float32Array ? 3 : 2],
    ...entries,
  };
  const tags = Object.keys(fields).map(Number);
  const out = Buffer.alloc(512 + data.byteLength);
  const u16 = (value: number, at: number): number =>
    bigEndian ? out.writeUInt16BE(value, at) : out.writeUInt16LE(value, at);
  const u32 = (value: number, at: number): number =>
    bigEndian ? out.writeUInt32BE(value, at) : out.writeUInt32LE(value, at);
  out.write(bigEndian ? 'MM' : 'II', 'latin1');
  u16(42, 2);
  u32(8, 4);
  u16(tags.length, 8);
  tags.forEach((tag, i) => {
    const [type, count, value] = fields[tag]!;
    const at = 10 + 12 * i;
    u16(tag, at);
    u16(type, at + 2);
    u32(count, at + 4);
    if (type === 3) u16(value, at + 8);
    else u32(value, at + 8);
  });
  for (let i = 0; i < data.length; i++) {
    const at = 512 + 4 * i;
    if (data instanceof Int32Array) {
      if (bigEndian) out.writeInt32BE(data[i]!, at);
      else out.writeInt32LE(data[i]!, at);
    } else if (bigEndian) out.writeFloatBE(data[i]!, at);
    else out.writeFloatLE(data[i]!, at);
  }
  return out;
}

export const HEADER = `#F /data/demo.spec
#E 1580609738
#D Sat Feb 01 20:15:38 2020

#O0 Delta  Theta  Chi  Phi  camdist  two words
#O1 Gamma  Energy
#o0 del th chi phi cam tw
#o1 gam en
`;

/** One scan's lines; `rows` values of theta. */
export function specScan(
  number: number,
  rows: number,
  command = `ascan  th 0 ${(0.1 * (rows - 1)).toFixed(1)}  ${rows - 1} 0.25`,
  tail = '',
): string {
  const lines = Array.from({ length: rows }, (_, i) => `${(0.1 * i).toFixed(3)} 0.2 ${100 + i} ${7 * i}`);
  return `
#S ${number}  ${command}
#D Tue Feb 04 12:28:23 2020
#P0 32.174 0.05 90 -5 500 1
#P1 12.6346 9
#UIMDET 34idcTIM2:
#UIMR5  2 3 1 2 1
#N 4
#L Theta  Epoch  Monitor  ImageTot
${lines.map((line) => `${line}\n`).join('')}${tail}`;
}

/** Writes frames whose pixels all hold frame + 1, 2 rows x 3 columns unless said otherwise. */
export function writeFrames(folder: string, frames: number, shape: readonly [number, number] = [2, 3]): string {
  mkdirSync(folder, { recursive: true });
  for (let k = 0; k < frames; k++) {
    const name = `demo_S0003_${String(k).padStart(5, '0')}.tif`;
    writeFileSync(join(folder, name), tiff(new Int32Array(shape[0] * shape[1]).fill(k + 1), ...shape));
  }
  return folder;
}
