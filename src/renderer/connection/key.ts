import { keyFragment, viewPath } from '@contract/connection';

/** Who may do everything and who may look have keys of their own, for both kinds of page are of one origin. */
const nameOf = (page: string): string => `braggwatch.key${page.startsWith(`${viewPath}/`) ? '.view' : ''}`;

/**
 * The page's key, by which the web shell gives it data: kept under the page's origin from the moment when the address with the token led
 * here, and taken out of the page's own address then. Empty where this browser never came by such an address.
 */
export function pageKey(at: Location = location, past: History = history, store: Storage = localStorage): string {
  const name = nameOf(at.pathname);
  if (at.hash.startsWith(keyFragment)) {
    store.setItem(name, at.hash.slice(keyFragment.length));
    past.replaceState(null, '', at.pathname);
  }
  return store.getItem(name) ?? '';
}
