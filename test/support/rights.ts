/** Root may read everything, so that there it looks as an account without rights. */
export function withoutRights<T>(look: () => T): T {
  if (process.geteuid?.() !== 0) return look();
  process.seteuid!(65_534);
  try {
    return look();
  } finally {
    process.seteuid!(0);
  }
}
