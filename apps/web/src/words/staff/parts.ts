import { FRAME } from '../frame.js';

/** What several of the staff's pages say. */
export const PARTS = {
  cancel: 'Cancel',
  erased: 'erased',
  nobody: 'nobody',
  portal: 'the whole portal',
  noEnd: 'no end',
  actions: FRAME.actions,
  none: 'none',
  yes: 'yes',
  no: 'no',
  remove: 'Remove',
  optional: 'optional',
};
