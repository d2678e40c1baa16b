import { createTsidGenerator } from '@sprout/data';
import type { Database, SqlValue } from '@sprout/data';

const productCount = 200;
/** Generous, so that steady traffic never empties it. */
const stockOfEach = 1_000_000;
const seededAt = new Date('2024-12-09T00:00:00Z');

/**
 * Fills an empty table with products, the last of them sold out. Names and ids are the same on
 * every machine, so two instances that seed at once write the same rows once.
 */
export async function seedProducts(database: Database): Promise<void> {
  const [row] = await database.rows('SELECT 1 FROM product LIMIT 1');
  if (row !== undefined) return;
  const newId = createTsidGenerator({ now: () => seededAt.getTime(), random: () => 0 });
  const products = Array.from({ length: productCount }, (_, index) =>
    seedProduct(newId(), index + 1),
  );
  const marks = products.map(() => '(?, ?, ?, ?, ?, ?, ?, ?)').join(', ');
  await database.change(`INSERT IGNORE INTO product VALUES ${marks}`, products.flat());
}

function seedProduct(id: string, number: number): SqlValue[] {
  const soldOut = number === productCount;
  const name = soldOut ? 'Sold out' : `Product ${String(number).padStart(3, '0')}`;
  const image = `https://market.example/images/${number}.webp`;
  const [price, stock] = [1_000 * number, soldOut ? 0 : stockOfEach];
  return [BigInt(id), name, `${name} of the market`, image, price, stock, seededAt, seededAt];
}
