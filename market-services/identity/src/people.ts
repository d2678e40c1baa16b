import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { uuidV7 } from '@sprout/data';
import { keptSecret } from '@sprout/process';
import { z } from 'zod';
import { roles } from '../../src/roles.ts';
import { seededCustomer } from '../../src/seeded-customer.ts';

const personSchema = z.object({
  subject: z.string(),
  email: z.string(),
  name: z.string(),
  roles: z.array(z.enum(roles)),
  password: z.string(),
});

/** Somebody who can sign in. */
export type Person = Omit<z.infer<typeof personSchema>, 'password'>;

export interface People {
  bySubject(subject: string): Person | undefined;
  /** Who has this email and password. */
  withPassword(email: string, password: string): Person | undefined;
}

/**
 * Reads who can sign in from `<data>/secrets/people.json`. At the first start one of each role is
 * made, with a password of their own; edit the file to have others.
 */
export function readPeople(place: { readonly dataDir: string }): People {
  const text = keptSecret(place, 'people.json', () => JSON.stringify(firstPeople(), null, 2));
  const people = z.array(personSchema).parse(JSON.parse(text));
  return {
    bySubject: (subject) => people.find((person) => person.subject === subject),
    withPassword: (email, password) => {
      const person = people.find((one) => one.email === email);
      // Compared also when there is nobody, so that the time does not tell.
      const right = isSame(person?.password ?? '', password);
      return person !== undefined && right ? person : undefined;
    },
  };
}

function firstPeople(): z.infer<typeof personSchema>[] {
  const { id, email, name } = seededCustomer(1);
  const staff = (['seller', 'operator'] as const).map((role) => ({
    subject: uuidV7(Date.now()),
    email: `${role}@market.example`,
    name: role === 'seller' ? 'Seller' : 'Operator',
    roles: [role],
    password: newPassword(),
  }));
  return [{ subject: id, email, name, roles: ['customer'], password: newPassword() }, ...staff];
}

function newPassword(): string {
  return randomBytes(12).toString('base64url');
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
