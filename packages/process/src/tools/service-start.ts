import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Debian asks this program before it starts or stops a service. */
const policyFile = '/usr/sbin/policy-rc.d';
/** Exit code 101 means: it is not allowed. */
const denyAll = '#!/bin/sh\n# Written by Sprout while it installs; removed afterwards.\nexit 101\n';

/**
 * Keeps services from starting while `install` runs, and puts things back as they were, whether
 * it succeeds or fails, also when this process exits meanwhile.
 */
export async function withServicesHeldBack(
  install: () => Promise<void>,
  file: string = policyFile,
): Promise<void> {
  const restore = holdBack(file);
  process.once('exit', restore);
  try {
    await install();
  } finally {
    process.off('exit', restore);
    restore();
  }
}

function holdBack(file: string): () => void {
  const aside = `${file}.before-sprout`;
  // A file set aside by a run that was killed is the true one.
  if (existsSync(file) && !existsSync(aside)) renameSync(file, aside);
  writeFileSync(file, denyAll, { mode: 0o755 });
  let restored = false;
  return () => {
    if (restored) return;
    restored = true;
    if (existsSync(aside)) renameSync(aside, file);
    else rmSync(file, { force: true });
  };
}
