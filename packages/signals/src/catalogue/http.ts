import { latencyBucketsSeconds } from '../buckets.ts';
import { quantilesBy } from '../panel-hint.ts';
import { histogram } from '../signal.ts';

/** Requests a service answered; owned by the services themselves (never derived from spans). */
export const httpServerRequestDuration = histogram('http_server_request_duration_seconds', {
  help: 'Time from the arrival of an HTTP request to the end of its response.',
  unit: 'seconds',
  labels: {
    http_request_method: 'any',
    http_route: 'any',
    http_response_status_code: 'any',
  },
  buckets: latencyBucketsSeconds,
  panel: quantilesBy('service', 'http_route'),
  alert: [
    {
      name: 'HighErrorRatio',
      severity: 'ticket',
      of: 'rate',
      where: { http_response_status_code: { matching: '5..' } },
      against: { signal: 'http_server_request_duration_seconds_count' },
      atLeast: 0.1,
      above: 0.05,
      for: '5m',
      summary: '{{ $labels.service }}: more than 5 % of the answers are errors',
      impact:
        'Whoever asks {{ $labels.service }} gets errors: other services, or users through the gateway.',
      firstStep:
        'See on its board which route fails and since when, then read its error lines of that minute.',
    },
    {
      name: 'LatencyP99High',
      severity: 'ticket',
      of: 'p99',
      above: 2,
      for: '10m',
      summary: '{{ $labels.service }}: one request of a hundred takes longer than two seconds',
      impact: 'One user of a hundred waits that long, and callers begin to time out.',
      firstStep: 'Open a slow trace of its slowest route: the longest span names the cause.',
    },
    {
      name: 'TrafficDropVsLastWeek',
      severity: 'ticket',
      of: 'rate',
      window: '1h',
      against: { ago: '1w' },
      atLeast: 0.1,
      below: 0.5,
      for: '30m',
      summary: '{{ $labels.service }}: less than half the requests of a week ago',
      impact: 'Users may be unable to reach it, or something before it loses their requests.',
      firstStep: 'Compare with the traffic of other services and with planned changes.',
    },
  ],
});

/** Requests a service sent to another. */
export const httpClientRequestDuration = histogram('http_client_request_duration_seconds', {
  help: 'Time from sending an HTTP request to the end of its response.',
  unit: 'seconds',
  labels: { http_request_method: 'any', server_address: 'any', http_response_status_code: 'any' },
  buckets: latencyBucketsSeconds,
  panel: quantilesBy('service', 'server_address'),
  alert: {
    name: 'RetryStorm',
    severity: 'ticket',
    of: 'rate',
    against: { signal: 'http_server_request_duration_seconds_count' },
    atLeast: 1,
    above: 3,
    for: '5m',
    summary: '{{ $labels.service }} makes more than three calls for each request it gets',
    impact: 'What it calls is asked for more than it can answer, and cannot recover.',
    firstStep: 'See whom it calls and what fails there; end the retries before the failure.',
  },
});
