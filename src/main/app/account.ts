import { userInfo } from 'node:os';

/** The account that the app runs under, which stands for a person who gave no name. */
export function accountName(): string {
  try {
    return userInfo().username.slice(0, 60) || 'unknown';
  } catch {
    // An account without an entry in the system's list, as in some containers.
    return 'unknown';
  }
}
