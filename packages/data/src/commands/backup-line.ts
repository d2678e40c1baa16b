import type { Backup } from '../backup/backup.ts';

/** A backup in a line: where, when, how much. */
export function backupLine({ directory, manifest }: Backup): string {
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  return `${directory}  ${manifest.createdAt}  ${manifest.files.length} files, ${size}`;
}
