/** Something the market sells. */
export interface Product {
  /** TSID. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** HTTP URL of a picture. */
  readonly image: string;
  /** Won. */
  readonly price: number;
  readonly stock: number;
  readonly createdDate: Date;
  readonly modifiedDate: Date;
}

/** What the market says of a product. */
export type ProductDetails = Pick<Product, 'name' | 'description' | 'image' | 'price' | 'stock'>;

export class ProductNotFound extends Error {
  override readonly name = 'ProductNotFound';
  constructor(id: string) {
    super(`there is no product ${id}`);
  }
}
