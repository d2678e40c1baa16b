import type { Migration, Pools, Statements } from '@sprout/data';
import { inboxMigration, outboxMigration } from '@sprout/queue';
import { z } from 'zod';
import type { ProductRepository } from '../../domain/product-repository.ts';
import type { Product, ProductDetails } from '../../domain/product.ts';
import { reservationMigrations } from './reservation.ts';

export const productMigrations: readonly Migration[] = [
  {
    id: '001-product',
    sql: `CREATE TABLE IF NOT EXISTS product (
      id BIGINT PRIMARY KEY,
      name VARCHAR(255) NOT NULL,
      description TEXT NOT NULL,
      image VARCHAR(1024) NOT NULL,
      price BIGINT NOT NULL CHECK (price >= 0),
      stock INT NOT NULL CHECK (stock >= 0),
      created_date DATETIME(3) NOT NULL,
      modified_date DATETIME(3) NOT NULL)`,
  },
  outboxMigration,
  inboxMigration,
  ...reservationMigrations,
];

/** Products in MySQL: commands on the primary, queries on the replica. */
export function createProductTable({ primary, replica }: Pools): ProductRepository {
  return {
    insert: async (product) => {
      await primary.change('INSERT INTO product VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
        BigInt(product.id),
        product.name,
        product.description,
        product.image,
        product.price,
        product.stock,
        product.createdDate,
        product.modifiedDate,
      ]);
    },
    find: (id) => findIn(replica, id),
    list: async (limit, offset) => {
      const rows = await replica.rows(`${select} ORDER BY id LIMIT ? OFFSET ?`, [limit, offset]);
      return rows.map((row) => rowSchema.parse(row));
    },
    change: (id, details, at) =>
      primary.transaction(async (statements) => {
        const fields = Object.entries(details) as [keyof ProductDetails, string | number][];
        // The names are keys of a checked object, never text from outside.
        const assignments = fields.map(([field]) => `${field} = ?, `).join('');
        await statements.change(`UPDATE product SET ${assignments}modified_date = ? WHERE id = ?`, [
          ...fields.map(([, value]) => value),
          at,
          BigInt(id),
        ]);
        return findIn(statements, id);
      }),
    remove: async (id) =>
      (await primary.change('DELETE FROM product WHERE id = ?', [BigInt(id)])) > 0,
  };
}

const select =
  'SELECT id, name, description, image, price, stock, created_date, modified_date FROM product';

async function findIn(statements: Statements, id: string): Promise<Product | undefined> {
  const [row] = await statements.rows(`${select} WHERE id = ?`, [BigInt(id)]);
  return row === undefined ? undefined : rowSchema.parse(row);
}

const rowSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    image: z.string(),
    price: z.coerce.number(),
    stock: z.number(),
    created_date: z.date(),
    modified_date: z.date(),
  })
  .transform(({ created_date: createdDate, modified_date: modifiedDate, ...product }): Product => ({
    ...product,
    createdDate,
    modifiedDate,
  }));
