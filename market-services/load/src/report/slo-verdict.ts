import { addressOf, listener } from '@sprout/process';
import type { SproutConfig } from '@sprout/process';
import { z } from 'zod';

/** What the SLO service says of one promise over the time of a load. */
export interface PromiseVerdict {
  readonly id: string;
  readonly target: number;
  readonly figures: Figures;
}

/** What is known of the promises over the time of a load. */
export type Verdicts =
  | { readonly state: 'judged'; readonly promises: readonly PromiseVerdict[] }
  /** Another gateway than ours was visited; our SLO service knows nothing of it and was not asked. */
  | { readonly state: 'elsewhere' }
  /** No SLO service runs here, or it did not answer. */
  | { readonly state: 'silent' };

/** Times in seconds; null when nothing failed, or nothing was observed. */
export type Figures = z.infer<typeof figuresSchema>;

const timeoutMs = 10_000;

/** Asks the running SLO service about the time of a load. */
export async function askVerdicts(
  config: Pick<SproutConfig, 'dataDir'>,
  from: Date,
  to: Date,
): Promise<Verdicts> {
  const address = addressOf(config, listener('slo-service'));
  if (address === undefined) return { state: 'silent' };
  const ask = async <S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> => {
    const key = process.env['SPROUT_API_KEY'];
    const response = await fetch(`${address}/api/v1/objectives${path}`, {
      headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`${path} answers ${response.status}`);
    return schema.parse(await response.json());
  };
  const between = new URLSearchParams({ from: from.toISOString(), to: to.toISOString() });
  try {
    const { items } = await ask('', listSchema);
    const promises = await Promise.all(
      items.map(async ({ id, target }) => {
        const path = `/${encodeURIComponent(id)}/incidents?${between}`;
        return { id, target, figures: (await ask(path, incidentsSchema)).figures };
      }),
    );
    return { state: 'judged', promises };
  } catch {
    // The load is measured all the same, and the report says that this part is missing.
    return { state: 'silent' };
  }
}

/** Whether a promise was kept over the time; undefined when no event of it was seen. */
export function wasKept({ target, figures }: PromiseVerdict): boolean | undefined {
  const { eventAvailability } = figures;
  return eventAvailability === null ? undefined : eventAvailability >= target;
}

const listSchema = z.object({ items: z.array(z.object({ id: z.string(), target: z.number() })) });

const figuresSchema = z.object({
  incidents: z.number(),
  observedSeconds: z.number(),
  downSeconds: z.number(),
  mttrSeconds: z.number().nullable(),
  mttfSeconds: z.number().nullable(),
  mtbfSeconds: z.number().nullable(),
  timeAvailability: z.number().nullable(),
  eventAvailability: z.number().nullable(),
});

const incidentsSchema = z.object({ figures: figuresSchema });
