import { Menu, type MenuItemConstructorOptions } from 'electron';

/** The least a window needs: copy and paste on a Mac, zoom, full screen, and the tools for whoever looks inside. */
export function setMenu(): void {
  const mac: MenuItemConstructorOptions[] = process.platform === 'darwin' ? [{ role: 'appMenu' }] : [];
  const roles: MenuItemConstructorOptions[] = [{ role: 'editMenu' }, { role: 'viewMenu' }, { role: 'windowMenu' }];
  Menu.setApplicationMenu(Menu.buildFromTemplate([...mac, ...roles]));
}
