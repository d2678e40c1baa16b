import type { Product, ProductDetails } from './product.ts';

/** Where products are kept. */
export interface ProductRepository {
  insert(product: Product): Promise<void>;
  /** May lag behind the last write. */
  find(id: string): Promise<Product | undefined>;
  /** In the order of their making. */
  list(limit: number, offset: number): Promise<Product[]>;
  /** Undefined when there is none. */
  change(id: string, details: Partial<ProductDetails>, at: Date): Promise<Product | undefined>;
  /** Whether there was one. */
  remove(id: string): Promise<boolean>;
}
