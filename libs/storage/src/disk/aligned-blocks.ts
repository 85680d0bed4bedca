/** In bytes; a multiple of every disk's sector size. */
export const blockSize = 1024 * 1024;

const pooled = 64;
const wasmPage = 64 * 1024;

export interface Block {
  bytes: Buffer;
  /** True when its place in memory allows direct I/O. */
  aligned: boolean;
}

let free: Block[] | undefined;

/** A block for writing, in shared memory, so that another thread can look at it without a copy. Only so many are aligned; when they are all in use, one that is not. */
export function takeBlock(): Block {
  free ??= alignedBlocks();
  return free.pop() ?? { bytes: Buffer.from(new SharedArrayBuffer(blockSize)), aligned: false };
}

export function giveBack(block: Block): void {
  if (block.aligned) free?.push(block);
}

/**
 * WebAssembly memory begins at a page, which Node promises of no buffer of its own. The system gives it real memory
 * only where it is written to, and the last block given back is the first to be taken again.
 */
function alignedBlocks(): Block[] {
  const pages = (pooled * blockSize) / wasmPage;
  const { buffer } = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  return Array.from({ length: pooled }, (_, number) => ({ bytes: Buffer.from(buffer, number * blockSize, blockSize), aligned: true }));
}
