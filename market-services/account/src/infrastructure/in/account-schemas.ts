import { z } from 'zod';
import { atLeastOneField, instantSchema, lineSchema } from '../../../../src/api/fields.ts';
import { pageSchema } from '../../../../src/api/paging.ts';

const emailSchema = z.email().max(255).meta({ example: 'kim@market.example' });

export const accountIdSchema = z.object({
  id: z.uuid().meta({ example: '0193a5b0-7c00-7000-8000-000000000001' }),
});

export const newAccountSchema = z
  .strictObject({ email: emailSchema, name: lineSchema(255) })
  .meta({ id: 'NewAccount' });

export const accountChangeSchema = z
  .strictObject({ email: emailSchema.optional(), name: lineSchema(255).optional() })
  .refine(atLeastOneField, 'must change something')
  .meta({ id: 'AccountChange' });

export const accountSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    createdDate: instantSchema,
    modifiedDate: instantSchema,
  })
  .meta({ id: 'Account' });

export const accountPageSchema = pageSchema(accountSchema, 'AccountPage');
