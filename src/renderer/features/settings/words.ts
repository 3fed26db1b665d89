/** The words of the settings. */
export const settingsText = {
  title: 'Settings of this screen',
  button: 'Settings',
  observer: 'Your name or initials',
  observerPlaceholder: 'the account’s name',
  observerHint: 'Kept with the classes that you overrule.',
  theme: 'Theme',
  themes: { light: 'Light', dark: 'Dark', night: 'Night (red on black)' },
  notify: 'Tell me outside this window',
  switches: {
    'notify-defective': 'Of a defective particle',
    'notify-unsure': 'Of a particle that the network is unsure of',
    sound: 'With a sound',
  },
  notifyHint: 'Several at once become one notification.',
  troubles: {
    denied: 'The browser does not allow notifications for this page; allow them in its site settings.',
    unsupported: 'This browser has no notifications.',
  },
} as const;
