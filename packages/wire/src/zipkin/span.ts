/** One side of a call as Zipkin v2 describes it. */
export interface ZipkinEndpoint {
  readonly serviceName?: string;
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly port?: number;
}

/** A Zipkin v2 span, in the shape of its JSON. */
export interface ZipkinSpan {
  /** 16 or 32 hexadecimal digits. */
  readonly traceId: string;
  readonly id: string;
  readonly parentId?: string;
  readonly name?: string;
  readonly kind?: 'CLIENT' | 'SERVER' | 'PRODUCER' | 'CONSUMER';
  /** Microseconds since 1970. */
  readonly timestamp?: number;
  /** Microseconds. */
  readonly duration?: number;
  readonly localEndpoint?: ZipkinEndpoint;
  readonly remoteEndpoint?: ZipkinEndpoint;
  readonly annotations?: readonly { readonly timestamp: number; readonly value: string }[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly debug?: boolean;
  /** The span has the same id as its client's. */
  readonly shared?: boolean;
}

/** Zipkin kinds by OpenTelemetry's number; internal and unspecified spans have none. */
export const zipkinKinds = [
  undefined,
  undefined,
  'SERVER',
  'CLIENT',
  'PRODUCER',
  'CONSUMER',
] as const;
