import { createHash } from 'node:crypto';
import { uuidV7 } from '@sprout/data';

const seededAt = new Date('2024-12-09T00:00:00Z');

/** A customer whom every new market has, with the same id and email on every machine. */
export function seededCustomer(number: number) {
  const label = String(number).padStart(3, '0');
  const random = createHash('sha256').update(`account ${number}`).digest();
  return {
    id: uuidV7(seededAt.getTime() + number, random),
    email: `customer-${label}@market.example`,
    name: `Customer ${label}`,
    createdDate: seededAt,
  };
}
