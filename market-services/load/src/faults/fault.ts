import type { ServiceFlags } from '../../../src/faults/service-flags.ts';

/** What a proxy does to the connections that pass through it. */
export interface Disturbance {
  /** Every chunk from a client reaches the server this much later. */
  readonly delayMs?: number;
  /** Probability with which a chunk from a client costs it the connection. */
  readonly cutChance?: number;
  /** Open connections are closed and new ones turned away. */
  readonly refuse?: true;
}

/** Places that a proxy stands before. */
export const proxyNames = ['account-db', 'order-db', 'product-db', 'redis'] as const;
export type ProxyName = (typeof proxyNames)[number];

/** What a server of a cluster can be. */
export type ClusterRole = 'mysql-primary' | 'redis-master';

/** One thing that a fault does; each is undone by its end. */
export type FaultEffect =
  | {
      readonly kind: 'proxy';
      readonly proxy: ProxyName;
      readonly disturbance: Disturbance;
      /** On for as long, then off for as long, and again. */
      readonly flapSeconds?: number;
    }
  /** All instances: `down` kills them and holds what takes their place; `paused` stops them. */
  | { readonly kind: 'process'; readonly process: string; readonly how: 'down' | 'paused' }
  /** The same to whichever server of a cluster has the role when the fault begins. */
  | { readonly kind: 'role'; readonly role: ClusterRole; readonly how: 'down' | 'paused' }
  /** The replica of MySQL applies what it receives this much later. */
  | { readonly kind: 'replica-delay'; readonly seconds: number }
  | { readonly kind: 'flags'; readonly service: string; readonly flags: ServiceFlags }
  /** Redis has hardly any memory left and throws out what lives shortest. */
  | { readonly kind: 'redis-memory' }
  /** One message that no consumer understands. */
  | { readonly kind: 'poison'; readonly stream: string }
  /** A file system of its own, nearly full; needs root. */
  | { readonly kind: 'small-disk' }
  /** Tells the SLO service of a deploy, as a pipeline would. */
  | { readonly kind: 'deploy'; readonly service: string; readonly title: string };

/** What a fault breaks. */
export type FaultArea =
  | 'database'
  | 'cache'
  | 'queue'
  | 'service'
  | 'platform'
  | 'traffic'
  | 'host';

/** A fault that can be injected: what it does, and nothing beyond it. */
export interface Fault {
  readonly name: string;
  readonly area: FaultArea;
  readonly summary: string;
  readonly effects: readonly FaultEffect[];
  /** The data servers it is about, as `--data` names them; absent: either. */
  readonly data?: 'single' | 'cluster';
}
