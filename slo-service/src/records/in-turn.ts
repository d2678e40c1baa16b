/** Runs what it is given one after another, whatever becomes of the one before. */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => {
      // Whoever asked for it is told; the next one starts all the same.
    });
    return result;
  };
}
