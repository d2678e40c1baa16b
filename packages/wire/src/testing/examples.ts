import type { LogRecord } from '../log/record.ts';
import type { Span } from '../trace/span.ts';

/** A trace with everything a span can carry. */
export const exampleSpans: readonly Span[] = [
  {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    parentSpanId: '',
    name: 'GET /orders/{id}',
    kind: 2,
    startNs: 1_795_000_000_000_000_001n,
    endNs: 1_795_000_000_250_000_001n,
    attributes: {
      'http.route': '/orders/{id}',
      'http.request.method': 'GET',
      'http.response.status_code': 503,
      'url.query': '이름=값',
      list: ['a', 1, -5, 2.5, true, null, ['nested'], { key: 'value' }],
      big: 2n ** 62n,
      negative: -(2n ** 62n),
      bytes: new Uint8Array([0, 255, 7]),
      nothing: null,
      infinite: Infinity,
    },
    events: [
      {
        timeNs: 1_795_000_000_100_000_000n,
        name: 'exception',
        attributes: { 'exception.type': 'TimeoutError' },
      },
    ],
    links: [
      {
        traceId: '11111111111111111111111111111111',
        spanId: '2222222222222222',
        attributes: { why: 'retry' },
      },
    ],
    status: { code: 2, message: 'timed out' },
    resource: { 'service.name': 'order', 'process.pid': 4711 },
    scope: 'http',
  },
  {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: '3333333333333333',
    parentSpanId: 'b7ad6b7169203331',
    name: 'SELECT market_order',
    kind: 3,
    startNs: 1_795_000_000_010_000_000n,
    endNs: 1_795_000_000_012_500_000n,
    attributes: { 'db.system.name': 'mariadb', 'server.address': '127.0.0.1' },
    events: [],
    links: [],
    status: { code: 0, message: '' },
    resource: { 'service.name': 'order', 'process.pid': 4711 },
    scope: 'mysql2',
  },
];

/** Log records of two senders. */
export const exampleLogs: readonly LogRecord[] = [
  {
    timeNs: 1_795_000_000_000_000_000n,
    observedNs: 1_795_000_000_000_000_005n,
    severityText: 'info',
    severityNumber: 9,
    body: '주문 accepted',
    attributes: { 'order.id': 17, nested: { a: [1, 2] } },
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    resource: { 'service.name': 'order' },
  },
  {
    timeNs: 1_795_000_000_000_000_009n,
    observedNs: 0n,
    severityText: '',
    severityNumber: 0,
    body: '',
    attributes: {},
    traceId: '',
    spanId: '',
    resource: { 'service.name': 'account' },
  },
];
