import { rateBy } from '../panel-hint.ts';
import { logSignal } from '../signal.ts';

/** Lines that the collector counts as they pass, for every service that sends them. */
const everywhere = { owner: 'collector', service: 'any', panel: rateBy('log_service') } as const;

export const logLines = logSignal('log_lines_total', {
  ...everywhere,
  help: 'Log lines of any kind.',
  pattern: '',
  alert: {
    name: 'LogsAbsent',
    severity: 'ticket',
    of: 'rate',
    window: '15m',
    against: { over: '1d' },
    atLeast: 0.05,
    below: 0.05,
    for: '5m',
    component: 'logs',
    summary: '{{ $labels.log_service }} has all but stopped to log',
    impact: 'What fails now leaves no trace, and alerts on its lines are blind.',
    firstStep: 'Is it asked anything? Then look at its queue of lines, and at the collector.',
  },
});

export const logErrors = logSignal('log_errors_total', {
  ...everywhere,
  help: 'Log lines of level error.',
  pattern: '"level":"error"',
  alert: [
    {
      name: 'ErrorLogSpike',
      severity: 'ticket',
      of: 'rate',
      window: '10m',
      against: { over: '1d' },
      atLeast: 0.002,
      above: 5,
      for: '5m',
      component: 'logs',
      summary: '{{ $labels.log_service }} logs five times as many errors as usual',
      impact: 'Something fails that did not fail yesterday; users may not feel it yet.',
      firstStep:
        'Which message is new? ./sprout logs \'{service="{{ $labels.log_service }}"} | level="error"\' --since 15m',
    },
    {
      name: 'ErrorLogsMany',
      severity: 'ticket',
      of: 'increase',
      window: '10m',
      above: 100,
      for: '1m',
      component: 'logs',
      summary: '{{ $labels.log_service }} has logged more than 100 errors in ten minutes',
      impact:
        'A part of what {{ $labels.log_service }} does fails for many, or one thing again and again.',
      firstStep:
        'Group its error lines by message on the board Logs; was there a deployment before the first?',
    },
  ],
});

export const logUncaught = logSignal('log_uncaught_errors_total', {
  ...everywhere,
  help: 'Log lines of errors that nobody caught, after which a process ends.',
  pattern: '"message":"uncaught error|UnhandledPromiseRejection|(?i)panic:|OutOfMemory',
  alert: {
    name: 'UncaughtError',
    severity: 'ticket',
    of: 'increase',
    window: '10m',
    above: 0,
    for: '0s',
    component: 'logs',
    summary: '{{ $labels.log_service }} ended with an error that nobody caught',
    impact: 'The requests it was serving were lost.',
    firstStep: 'Read the line: it holds the stack. Was there a deployment right before?',
  },
});

export const logAuthFailures = logSignal('log_auth_failures_total', {
  ...everywhere,
  help: 'Requests that were answered 401 or 403, as their log lines say.',
  pattern: '"message":"[A-Z]+ [^" ]+ 40[13]"',
  alert: {
    name: 'AuthFailureBurst',
    severity: 'ticket',
    of: 'increase',
    above: 50,
    for: '1m',
    component: 'access',
    summary: '{{ $labels.log_service }} has turned away more than 50 requests in five minutes',
    impact:
      'Somebody tries passwords, or a client lost its credentials and its users are locked out.',
    firstStep: 'Group the lines by address: one address is an attack, many are a broken client.',
  },
});

export const logDatabaseFailures = logSignal('log_database_failures_total', {
  ...everywhere,
  help: 'Log lines of calls to MySQL that failed.',
  pattern: '"message":"database call failed".*"db.system.name":"mysql"',
  alert: {
    name: 'DatabaseAccessFailing',
    severity: 'ticket',
    of: 'increase',
    above: 5,
    for: '1m',
    component: 'database',
    summary: '{{ $labels.log_service }} cannot use MySQL',
    impact: 'Requests of {{ $labels.log_service }} that read or write end in errors or fallbacks.',
    firstStep:
      'Read error.type in the lines: ECONNREFUSED is a dead server, ETIMEDOUT the network.',
  },
});

export const logCacheFailures = logSignal('log_cache_failures_total', {
  ...everywhere,
  help: 'Log lines of calls to Redis that failed.',
  pattern: '"message":"database call failed".*"db.system.name":"redis"',
  alert: {
    name: 'CacheAccessFailing',
    severity: 'ticket',
    of: 'increase',
    above: 5,
    for: '1m',
    component: 'cache',
    summary: '{{ $labels.log_service }} cannot use Redis',
    impact: 'Its reads go to the database instead, and messages that it sends or takes wait.',
    firstStep: 'Read error.type in the lines, then ask the server: redis-cli PING.',
  },
});
