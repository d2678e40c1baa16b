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
  noAlert: 'what users feel is covered by the objectives of the gateway routes',
});

/** Requests a service sent to another. */
export const httpClientRequestDuration = histogram('http_client_request_duration_seconds', {
  help: 'Time from sending an HTTP request to the end of its response.',
  unit: 'seconds',
  labels: { http_request_method: 'any', server_address: 'any', http_response_status_code: 'any' },
  buckets: latencyBucketsSeconds,
  panel: quantilesBy('service', 'server_address'),
  noAlert: 'causes show under the objective that depends on them',
});
