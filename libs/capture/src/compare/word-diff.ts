export interface DiffPart {
  op: 'equal' | 'insert' | 'delete';
  text: string;
}

/** Word-level differences: equal and delete parts make up `before` exactly, equal and insert parts `after`. */
export function wordDiff(_before: string, _after: string): DiffPart[] {
  throw new Error('not yet written');
}
