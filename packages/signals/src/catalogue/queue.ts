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

export const messagesRedelivered = counter('messaging_client_redelivered_messages_total', {
  help: 'Messages that were taken again: after a failure, or because their consumer had gone.',
  labels: { stream: 'any' },
  panel: rateBy('service', 'stream'),
  noAlert: 'MessagesFailing and DeadLetters tell of those that do not get through',
});

/** What the publisher of a stream sees of its groups. */
const groupLabels = { stream: 'any', group: 'any' } as const;

export const consumerLag = gauge('messaging_consumer_lag_messages', {
  help: 'Messages of a stream that wait for a group of consumers.',
  labels: groupLabels,
  panel: valueBy('stream', 'group'),
  alert: {
    name: 'LagGrowing',
    severity: 'ticket',
    of: 'forecast',
    window: '30m',
    ahead: '4h',
    above: 90_000,
    for: '10m',
    component: 'queue',
    summary: '{{ $labels.group }} falls behind {{ $labels.stream }} further and further',
    impact:
      'In four hours the stream holds all that it keeps, and drops its oldest messages unhandled.',
    firstStep:
      'Compare in and out of the stream on the queue dashboard: more events than ever, or a slow consumer? ./sprout scale helps the latter.',
  },
});

export const consumerPending = gauge('messaging_consumer_pending_messages', {
  help: 'Messages that a group has taken and not settled; Kafka counts them as lag.',
  labels: groupLabels,
  panel: valueBy('stream', 'group'),
  noAlert: 'a message that stays pending grows old, and OldestMessageAge tells',
});

export const consumerOldestAge = gauge('messaging_consumer_oldest_age_seconds', {
  help: 'Age of the oldest message that a group has not settled; 0 when there is none.',
  unit: 'seconds',
  labels: groupLabels,
  panel: valueBy('stream', 'group'),
  alert: {
    name: 'OldestMessageAge',
    severity: 'ticket',
    of: 'value',
    above: 60,
    for: '2m',
    component: 'queue',
    summary:
      'a message of {{ $labels.stream }} has been waiting for {{ $labels.group }} for over a minute',
    impact:
      'What the message tells has not happened yet: stock not taken, or an order without its answer.',
    firstStep:
      'Does the group have consumers, and is one message pending or all? The row "Groups" of the queue dashboard tells.',
  },
});

export const consumersAlive = gauge('messaging_consumers', {
  help: 'Consumers of a group that gave a sign of life in the last seconds.',
  labels: groupLabels,
  panel: valueBy('stream', 'group'),
  alert: {
    name: 'NoConsumers',
    severity: 'ticket',
    of: 'value',
    below: 1,
    for: '3m',
    component: 'queue',
    summary: 'nobody reads {{ $labels.stream }} for {{ $labels.group }}',
    impact: 'Events pile up; orders are taken and stay pending until somebody reads again.',
    firstStep:
      'Is the service that the group is named after running: ./sprout status? If it is, its log says why it does not read.',
  },
});

export const deadLetters = gauge('messaging_dead_letters', {
  help: 'Messages of a stream that were given up and that nobody has given back or dropped.',
  labels: { stream: 'any' },
  panel: valueBy('stream'),
  alert: {
    name: 'DeadLetters',
    severity: 'ticket',
    of: 'value',
    above: 0,
    for: '1m',
    component: 'queue',
    summary: 'messages of {{ $labels.stream }} were given up and wait for somebody to decide',
    impact:
      'Each is an order, an answer or a release of stock that does not happen until it is given back.',
    firstStep:
      './sprout queue dead {{ $labels.stream }} shows why; mend the cause, then ./sprout queue replay {{ $labels.stream }} --all.',
  },
});
