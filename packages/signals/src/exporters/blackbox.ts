import { valueBy } from '../panel-hint.ts';
import { gauge } from '../signal.ts';
import type { Metric } from '../signal.ts';

/** Debian's prometheus-blackbox-exporter; label `instance` is what is probed. */
const owner = 'blackbox';

export const probeSuccess = gauge('probe_success', {
  help: '1 when the last probe succeeded.',
  owner,
  panel: valueBy('instance'),
  alert: {
    name: 'ProbeFailed',
    severity: 'ticket',
    of: 'value',
    below: 1,
    for: '1m',
    silences: ['SignalsMissing'],
    summary: '{{ $labels.instance }} cannot be reached from outside',
    impact: 'Users and other services that take the same way do not reach it either.',
    firstStep:
      'Do other probes of it fail, on the board Network? All: the process or the network. One: its path or port.',
  },
});

export const probeDurationSeconds = gauge('probe_duration_seconds', {
  help: 'How long the last probe took.',
  owner,
  unit: 'seconds',
  panel: valueBy('instance'),
  noAlert: 'what users feel is covered by the objectives of the routes',
});

export const probeDnsLookupTimeSeconds = gauge('probe_dns_lookup_time_seconds', {
  help: 'How long the name took to resolve.',
  owner,
  unit: 'seconds',
  panel: valueBy('instance'),
  noAlert: 'part of the duration of the probe',
});

export const probeHttpStatusCode = gauge('probe_http_status_code', {
  help: 'Status code of the last answer.',
  owner,
  panel: valueBy('instance'),
  noAlert: 'a bad status is a failed probe',
});

export const probeHttpDurationSeconds = gauge('probe_http_duration_seconds', {
  help: 'How long a phase of the last request took.',
  owner,
  unit: 'seconds',
  labels: { phase: ['resolve', 'connect', 'tls', 'processing', 'transfer'] },
  panel: valueBy('instance', 'phase'),
  noAlert: 'part of the duration of the probe',
});

export const probeSslEarliestCertExpiry = gauge('probe_ssl_earliest_cert_expiry', {
  help: 'When the first certificate of the chain expires, Unix time; only probes over TLS have it.',
  owner,
  unit: 'seconds',
  panel: valueBy('instance'),
  alert: [
    {
      name: 'CertificateExpiresIn3Days',
      severity: 'page',
      of: 'left',
      below: 259_200,
      for: '10m',
      component: 'edge',
      silences: ['CertificateExpiresIn21Days'],
      summary: 'the certificate of {{ $labels.instance }} expires within three days',
      impact: 'From then on every client refuses the connection.',
      firstStep: 'Renew it now, then find out why it was not renewed by itself.',
    },
    {
      name: 'CertificateExpiresIn21Days',
      severity: 'ticket',
      of: 'left',
      below: 1_814_400,
      for: '1h',
      component: 'edge',
      summary: 'the certificate of {{ $labels.instance }} expires within three weeks',
      impact: 'Nothing yet, but its renewal is late: left alone, every client will refuse it.',
      firstStep:
        'Read the log of the last renewal, then see what is served: openssl s_client -connect HOST:443',
    },
  ],
});

/** What the dashboards and alerts know of probes. */
export const blackboxSignals: readonly Metric[] = [
  probeSuccess,
  probeDurationSeconds,
  probeDnsLookupTimeSeconds,
  probeHttpStatusCode,
  probeHttpDurationSeconds,
];

/** What a probe over TLS has besides; not part of the configuration while none is made. */
export const tlsProbeSignals: readonly Metric[] = [probeSslEarliestCertExpiry];
