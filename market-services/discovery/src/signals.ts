import { gauge, valueBy } from '@sprout/signals';
import { instanceStates } from './registry.ts';

/** Who serves, as discovery knows it. */
export const discoveryInstances = gauge('discovery_instances', {
  help: 'Instances whose lease is good, by service and whether they can do their work.',
  owner: 'discovery',
  labels: { registered: 'any', state: instanceStates },
  panel: valueBy('registered', 'state'),
  noAlert: 'a service without an instance is a bad event of its route at the gateway',
});

export const discoverySignals = [discoveryInstances];
