import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { openExternal } from './lockdown';

const paper = 'https://doi.org/10.1038/s41524-021-00583-9';

/** The window's menu: standard entries only; what the app does is in its page, where the web shell has it too. */
export function menuTemplate(isMac: boolean, packaged: boolean): MenuItemConstructorOptions[] {
  const development: MenuItemConstructorOptions[] = packaged ? [] : [{ role: 'toggleDevTools' }];
  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'reload' },
        ...development,
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [{ label: 'The paper behind Braggwatch', click: () => openExternal(paper) }, { role: 'about' }],
    },
  ];
}

export function setMenu(): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform === 'darwin', app.isPackaged)));
}
