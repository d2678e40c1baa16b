import { execFile } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { SproutError } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';

/** Files by which our own servers prove who they are, PEM. */
export interface CertificateFiles {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

type Place = Pick<SproutConfig, 'dataDir' | 'host'>;

const authorityDays = 3_650;
const serverDays = 397;
/** With fewer days left, the keeper or the next start of a server makes a new certificate. */
const renewDays = 132;
const dayMs = 86_400_000;

/** Where they lie. */
export function certificateFiles({ dataDir }: Pick<Place, 'dataDir'>): CertificateFiles {
  const file = (name: string) => join(dataDir, 'tls', name);
  return { ca: file('ca.pem'), certificate: file('server.pem'), key: file('server.key') };
}

const making = new Map<string, Promise<CertificateFiles>>();

/**
 * Makes an authority of this installation and a certificate for its servers, unless both last for
 * a while. The authority stays the same while it can, so that clients need not be started again.
 */
export function ensureCertificates(place: Place, now = new Date()): Promise<CertificateFiles> {
  return inTurn(place, () => renewIfNeeded(place, now, true));
}

/**
 * The same while servers run: the authority stays, however little time it has left, as nobody who
 * runs would trust another.
 */
export function renewCertificate(place: Place, now = new Date()): Promise<CertificateFiles> {
  return inTurn(place, () => renewIfNeeded(place, now, false));
}

/** Servers that start side by side share one certificate; whoever asked before was told of a failure. */
function inTurn(
  { dataDir }: Place,
  make: () => Promise<CertificateFiles>,
): Promise<CertificateFiles> {
  const before = making.get(dataDir) ?? Promise.resolve();
  const mine = before.then(make, make);
  making.set(dataDir, mine);
  return mine;
}

async function renewIfNeeded(
  place: Place,
  now: Date,
  mayMakeAuthority: boolean,
): Promise<CertificateFiles> {
  const files = certificateFiles(place);
  const directory = join(place.dataDir, 'tls');
  const authorityKey = join(directory, 'ca.key');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const hasAuthority = daysLeft(files.ca, now) > serverDays;
  if (!hasAuthority && !mayMakeAuthority) return files;
  if (hasAuthority && daysLeft(files.certificate, now) > renewDays && isPair(files)) return files;
  const fresh = mkdtempSync(join(directory, 'new-'));
  const made = (name: string) => join(fresh, name);
  try {
    if (!hasAuthority) {
      await openssl(
        'req',
        '-x509',
        ...newKey(made('ca.key')),
        '-out',
        made('ca.pem'),
        '-days',
        String(authorityDays),
        '-subj',
        '/CN=sprout',
      );
      renameSync(made('ca.key'), authorityKey);
      renameSync(made('ca.pem'), files.ca);
    }
    writeFileSync(made('names'), `subjectAltName=${names(place.host)}\n`);
    await openssl('req', ...newKey(made('key')), '-out', made('request'), '-subj', '/CN=server');
    await openssl(
      'x509',
      '-req',
      '-in',
      made('request'),
      '-CA',
      files.ca,
      '-CAkey',
      authorityKey,
      '-CAcreateserial',
      '-days',
      String(serverDays),
      '-extfile',
      made('names'),
      '-out',
      made('certificate'),
    );
    renameSync(made('key'), files.key);
    renameSync(made('certificate'), files.certificate);
    return files;
  } finally {
    rmSync(fresh, { recursive: true });
  }
}

/** Days until a certificate ends; none when there is no such file. */
function daysLeft(file: string, now: Date): number {
  try {
    const { validToDate } = new X509Certificate(readFileSync(file));
    return (validToDate.getTime() - now.getTime()) / dayMs;
  } catch {
    // There is none yet.
    return 0;
  }
}

/** Whether key and certificate are one another's: two processes may have renewed them at once. */
function isPair({ certificate, key }: CertificateFiles): boolean {
  try {
    const privateKey = createPrivateKey(readFileSync(key));
    return new X509Certificate(readFileSync(certificate)).checkPrivateKey(privateKey);
  } catch {
    // One of them is gone or damaged; both are made anew.
    return false;
  }
}

function names(host: string): string {
  const all = new Set(['127.0.0.1', 'localhost', host]);
  return [...all].map((name) => `${isIP(name) === 0 ? 'DNS' : 'IP'}:${name}`).join(',');
}

function newKey(file: string): string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', file];
}

async function openssl(...args: string[]): Promise<void> {
  try {
    await promisify(execFile)('openssl', args);
  } catch (error) {
    throw new SproutError('CERTIFICATE_NOT_MADE', `openssl ${args[0]} failed: ${String(error)}`, {
      hint: 'market.tls needs the command openssl: apt-get install openssl',
      cause: error,
    });
  }
}
