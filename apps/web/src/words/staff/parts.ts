/** What several of the staff's pages say. */
export const PARTS = {
  nothing: 'Nothing here.',
  cancel: 'Cancel',
  erased: 'erased',
  nobody: 'nobody',
  portal: 'the whole portal',
  noEnd: 'no end',
  actions: 'Actions',
  none: 'none',
  yes: 'yes',
  no: 'no',
  remove: 'Remove',
  optional: 'optional',
};
