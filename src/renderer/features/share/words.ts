/** The words of what is shared with a colleague. */
export const shareText = {
  title: 'Share this screen',
  button: 'Share…',
  intro: 'Whoever opens this address sees everything and can change nothing.',
  address: 'Read-only address',
  copy: 'Copy',
  copied: 'Copied.',
  byHand: 'The browser does not let the page copy: select the address and press Ctrl+C.',
  elsewhere: 'From another machine it needs an ssh tunnel to this one, at the same port.',
  control: 'For full control give the other address, which Braggwatch printed when it was started. Think twice.',
  does: 'Share this screen, read-only',
} as const;
