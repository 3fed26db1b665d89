/** A picture's address, to stand in a figure. */
export async function addressOf(canvas: OffscreenCanvas): Promise<string> {
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  return `data:image/png;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;
}

/** A lookup table's colours as a printed colour bar has them, from low to high. */
export function colourStops(colours: Uint32Array): string[] {
  const packed = new Uint8Array(colours.buffer, colours.byteOffset, colours.byteLength);
  return Array.from({ length: 64 }, (_, n) => {
    const word = 4 * Math.round((n / 63) * (colours.length - 1));
    return `rgb(${packed[word]},${packed[word + 1]},${packed[word + 2]})`;
  });
}
