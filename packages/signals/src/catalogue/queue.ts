import { latencyBucketsSeconds } from '../buckets.ts';
import { quantilesBy, rateBy, valueBy } from '../panel-hint.ts';
import { counter, gauge, histogram } from '../signal.ts';

export const messagesPublished = counter('messaging_client_published_messages_total', {
  help: 'Messages handed to the queue.',
  labels: { stream: 'any' },
  panel: rateBy('service', 'stream'),
  noAlert: 'covered by objective order-saga',
});

export const messagesConsumed = counter('messaging_client_consumed_messages_total', {
  help: 'Messages taken from the queue, by outcome; duplicates are dropped by the inbox.',
  labels: { stream: 'any', outcome: ['processed', 'duplicate', 'failed'] },
  panel: rateBy('service', 'stream', 'outcome'),
  alert: {
    name: 'MessagesFailing',
    severity: 'ticket',
    of: 'rate',
    where: { outcome: 'failed' },
    against: { signal: 'messaging_client_consumed_messages_total' },
    by: ['stream'],
    atLeast: 0.02,
    above: 0.1,
    for: '5m',
    component: 'queue',
    summary: '{{ $labels.service }}: more than 10 % of the messages of {{ $labels.stream }} fail',
    impact: 'Orders wait for their verdict until the messages go through.',
    firstStep:
      'Open the trace of a failed message: do all fail, or one kind? ./sprout queue dead lists those given up.',
  },
});

export const messageProcessDuration = histogram('messaging_process_duration_seconds', {
  help: 'Time to process one message.',
  unit: 'seconds',
  labels: { stream: 'any' },
  buckets: latencyBucketsSeconds,
  panel: quantilesBy('service', 'stream'),
  noAlert: 'covered by objective order-saga',
});

export const outboxOldestAge = gauge('outbox_oldest_age_seconds', {
  help: 'Age of the oldest event that has not reached the queue; 0 when there is none.',
  unit: 'seconds',
  panel: valueBy('service'),
  alert: {
    name: 'OutboxStuck',
    severity: 'ticket',
    of: 'value',
    above: 60,
    for: '2m',
    summary: '{{ $labels.service }}: events wait in the outbox and do not reach the queue',
    impact: 'New orders go no further; nothing is lost, it all waits until the queue takes events.',
    firstStep:
      'Does the queue (Redis or Kafka) run: ./sprout status? Then read the errors of the relay in its log.',
  },
});
