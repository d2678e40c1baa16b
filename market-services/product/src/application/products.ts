import type { PageCache } from '@sprout/data';
import { pageWindow, toPage } from '../../../src/api/paging.ts';
import type { Page, PageQuery } from '../../../src/api/paging.ts';
import type { ProductRepository } from '../domain/product-repository.ts';
import { ProductNotFound } from '../domain/product.ts';
import type { Product, ProductDetails } from '../domain/product.ts';
import { toProductView } from './product-view.ts';
import type { ProductView } from './product-view.ts';

/** What can be done with products. */
export interface Products {
  create(details: ProductDetails): Promise<ProductView>;
  get(id: string): Promise<ProductView>;
  list(query: PageQuery): Promise<Page<ProductView>>;
  change(id: string, details: Partial<ProductDetails>): Promise<ProductView>;
  remove(id: string): Promise<void>;
}

export interface ProductsParts {
  readonly repository: ProductRepository;
  readonly pages: PageCache;
  readonly newId: () => string;
  readonly now: () => Date;
}

/** The use cases; the only error is ProductNotFound. */
export function createProducts({ repository, pages, newId, now }: ProductsParts): Products {
  return {
    create: async (details) => {
      const at = now();
      const product: Product = { id: newId(), ...details, createdDate: at, modifiedDate: at };
      await repository.insert(product);
      await pages.invalidate();
      return toProductView(product);
    },
    get: async (id) => toProductView(found(id, await repository.find(id))),
    list: (query) =>
      pages.read(query, async () => {
        const products = await repository.list(...pageWindow(query));
        return toPage(products.map(toProductView), query);
      }),
    change: async (id, details) => {
      const product = found(id, await repository.change(id, details, now()));
      await pages.invalidate();
      return toProductView(product);
    },
    remove: async (id) => {
      if (!(await repository.remove(id))) throw new ProductNotFound(id);
      await pages.invalidate();
    },
  };
}

function found(id: string, product: Product | undefined): Product {
  if (product === undefined) throw new ProductNotFound(id);
  return product;
}
