import type { Product } from '../domain/product.ts';

/** A product as callers see it, in JSON. */
export type ProductView = Omit<Product, 'createdDate' | 'modifiedDate'> & {
  readonly createdDate: string;
  readonly modifiedDate: string;
};

export function toProductView(product: Product): ProductView {
  return {
    ...product,
    createdDate: product.createdDate.toISOString(),
    modifiedDate: product.modifiedDate.toISOString(),
  };
}
