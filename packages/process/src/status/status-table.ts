import type { ProcessReport, StackReport } from './stack-report.ts';

/** The table that `sprout status` prints. */
export function statusTable(report: StackReport): string[] {
  const rows = [
    ['PROCESS', 'STATE', 'PID', 'MEMORY', 'RESTARTS', 'UP', 'ADDRESS'],
    ...report.processes.map(row),
  ];
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((cells) => width(cells[column]))),
  );
  return [
    ...rows.map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
    `sprout (pid ${report.pid}) up ${duration(report.uptimeSeconds)}, ${megabytes(report.pssBytes)} in all; data in ${report.dataDir}`,
  ];
}

function row(process: ProcessReport): string[] {
  return [
    process.name,
    process.state,
    String(process.pid ?? '-'),
    process.pssBytes === null ? '-' : megabytes(process.pssBytes),
    String(process.restarts),
    duration(process.uptimeSeconds),
    process.reason ?? Object.values(process.addresses).join(' '),
  ];
}

function width(cell: string | undefined): number {
  return cell?.length ?? 0;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

function duration(seconds: number | null): string {
  if (seconds === null) return '-';
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m${seconds % 60}s`;
  return `${Math.floor(seconds / 3600)}h${Math.floor((seconds % 3600) / 60)}m`;
}
