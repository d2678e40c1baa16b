import { batchSignals } from '../batch-order/src/signals.ts';
import { discoverySignals } from '../discovery/src/signals.ts';
import { gatewaySignals } from '../gateway/src/signals.ts';
import { identitySignals } from '../identity/src/signals.ts';
import { loadSignals } from '../load/src/signals.ts';
import { orderSignals } from '../order/src/signals.ts';
import { productSignals } from '../product/src/signals.ts';

/** Every signal that only the market emits. */
export const marketSignals = [
  ...gatewaySignals,
  ...orderSignals,
  ...productSignals,
  ...batchSignals,
  ...discoverySignals,
  ...identitySignals,
  ...loadSignals,
];
