/**
 * When a scan was taken: when it began, by its own record, otherwise when it was seen first. ISO 8601 in UTC, so that instants are in
 * the order of their letters.
 */
export const takenAt = ({
  startedAt,
  seenAt,
}: {
  readonly startedAt?: string | null | undefined;
  readonly seenAt: string;
}): string => startedAt ?? seenAt;
