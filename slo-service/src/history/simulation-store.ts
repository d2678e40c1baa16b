import { z } from 'zod';
import type { RecordKind, Records } from '../records/record-store.ts';
import type { Simulation } from './simulate.ts';
import type { SimulatedRange } from './simulate.ts';

/** Which minutes of the ledger never happened; remembered as long as the ledger is. */
export const simulatedSchema = z.object({
  fromMinute: z.number().int(),
  /** Exclusive. */
  toMinute: z.number().int(),
  incidents: z.array(
    z.object({
      name: z.string(),
      group: z.string(),
      fromMinute: z.number().int(),
      toMinute: z.number().int(),
    }),
  ),
});

export type Simulated = z.infer<typeof simulatedSchema>;

const simulationKind: RecordKind<Simulated> = {
  name: 'simulation',
  schema: simulatedSchema,
  recordsMax: 1,
};

/** The one simulation a ledger can begin with. */
export interface SimulationStore {
  /** Undefined when everything was measured. */
  read(): Simulated | undefined;
  remember(range: SimulatedRange, incidents: Simulation['incidents']): Promise<void>;
}

/** Opens what is remembered of a simulation. */
export async function openSimulationStore(records: Records): Promise<SimulationStore> {
  const store = await records.open(simulationKind);
  return {
    read: () => store.find('history'),
    remember: async (range, incidents) => {
      const told = incidents.map(({ name, group, fromMinute, toMinute }) => ({
        name,
        group,
        fromMinute,
        toMinute,
      }));
      await store.put('history', { ...range, incidents: told });
    },
  };
}
