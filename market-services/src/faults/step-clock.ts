const RealDate = Date;
const realNow = Date.now;
let stepMs = 0;

/** A Date whose present is `stepMs` ahead; given instants are as they were given. */
class SteppedDate extends RealDate {
  constructor(...given: [] | [number | string | Date]) {
    super(...((given.length === 0 ? [realNow() + stepMs] : given) as [number]));
  }

  static override now(): number {
    return realNow() + stepMs;
  }
}

/** Sets the clock of this process ahead of the machine's; 0 puts it right. */
export function stepClock(aheadMs: number): void {
  stepMs = aheadMs;
  globalThis.Date = aheadMs === 0 ? RealDate : (SteppedDate as DateConstructor);
}
