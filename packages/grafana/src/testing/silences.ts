import { z } from 'zod';
import { StatusError } from './resource-store.ts';

const postable = z.strictObject({
  id: z.string().optional(),
  matchers: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        value: z.string(),
        isRegex: z.boolean(),
        isEqual: z.boolean(),
      }),
    )
    .min(1),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  createdBy: z.string().min(1),
  comment: z.string().min(1),
});
type Kept = z.infer<typeof postable> & { id: string; updatedAt: string };

const path = '/api/alertmanager/grafana/api/v2/';

/** Grafana's silences, in the form of Alertmanager's API: those that ended are listed too. */
export class Silences {
  readonly #kept: Kept[] = [];

  /** Status and answer to a request; undefined when it is for another API. */
  answer(method: string, { pathname }: URL, body: unknown): [number, unknown] | undefined {
    if (!pathname.startsWith(path)) return undefined;
    const [what, id] = pathname.slice(path.length).split('/');
    if (what === 'silences' && method === 'GET') return [200, this.list()];
    if (what === 'silences' && method === 'POST') return [202, this.#create(body)];
    if (what === 'silence' && method === 'DELETE') return [200, this.#expire(id)];
    throw new StatusError(404, 'Not found');
  }

  list() {
    return this.#kept.map((one) => ({ ...one, status: { state: stateOf(one) } }));
  }

  #create(body: unknown): unknown {
    const read = postable.safeParse(body);
    if (!read.success) throw new StatusError(400, z.prettifyError(read.error));
    if (Date.parse(read.data.endsAt) < Date.now()) throw new StatusError(400, 'it has ended');
    const id = `silence-${this.#kept.length + 1}`;
    this.#kept.push({ ...read.data, id, updatedAt: new Date().toISOString() });
    return { silenceID: id };
  }

  #expire(id: string | undefined): unknown {
    const found = this.#kept.find((one) => one.id === id);
    if (found === undefined) throw new StatusError(404, 'silence not found');
    found.endsAt = new Date().toISOString();
    return { message: 'silence deleted' };
  }
}

function stateOf({ startsAt, endsAt }: Kept): 'pending' | 'active' | 'expired' {
  if (Date.parse(endsAt) <= Date.now()) return 'expired';
  return Date.parse(startsAt) > Date.now() ? 'pending' : 'active';
}
