/** Copies a text. @returns whether it could: the clipboard is not there at all where the page was not reached by localhost or https */
export async function copyText(copied: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(copied);
    return true;
  } catch {
    return false;
  }
}
