import { getHeapStatistics } from 'node:v8';
import { heapLimitBytes } from '@sprout/instrumentation';

const everyMs = 250;
/** A leak stops here: the process stays alive, and whoever watches its heap is warned. */
const heapBytesMax = 0.93 * heapLimitBytes();
const numberBytes = 8;

/** Keeps memory for nothing, so much a second, until it is told 0; then it lets go of all. */
export function leak(): { set(bytesPerSecond: number): void } {
  let kept: number[][] = [];
  let timer: NodeJS.Timeout | undefined;
  return {
    set: (bytesPerSecond) => {
      clearInterval(timer);
      if (bytesPerSecond === 0) {
        kept = [];
        return;
      }
      const numbers = Math.ceil((bytesPerSecond * everyMs) / 1000 / numberBytes);
      timer = setInterval(() => {
        const { used_heap_size: used } = getHeapStatistics();
        // Fractions, as small whole numbers would be packed more tightly.
        if (used < heapBytesMax) kept.push(Array.from({ length: numbers }, Math.random));
      }, everyMs);
    },
  };
}
