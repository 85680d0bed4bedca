/**
 * Does the work for so many items at a time, in their order. After a failure no further one is begun; the ones under way come
 * to their end first, and then the failure is thrown.
 */
export async function someAtOnce<T>(items: readonly T[], most: number, work: (item: T, index: number) => Promise<void>): Promise<void> {
  const queue = items.entries();
  let failed = false;
  const worker = async () => {
    for (const [index, item] of queue) {
      if (failed) return;
      await work(item, index);
    }
  };
  const stopOthers = (error: unknown) => {
    failed = true;
    throw error;
  };
  const results = await Promise.allSettled(Array.from({ length: most }, () => worker().catch(stopOthers)));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
