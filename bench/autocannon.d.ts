/** The part of autocannon that benches use; the package ships no types. */
declare module 'autocannon' {
  interface Request {
    readonly path?: string;
  }
  interface Options {
    readonly url: string;
    readonly connections: number;
    /** Requests to send in total. */
    readonly amount: number;
    readonly requests?: readonly { setupRequest(request: Request): Request }[];
  }
  interface Result {
    readonly '2xx': number;
    /** Seconds. */
    readonly duration: number;
  }
  export default function autocannon(options: Options): Promise<Result>;
}
