/** What several of the staff's pages say. */
export const PARTS = {
  nothing: 'Nothing here.',
  cancel: 'Cancel',
  erased: 'erased',
  nobody: 'nobody',
  portal: 'the whole portal',
  noEnd: 'no end',
  actions: 'Actions',
  all: 'all',
  none: 'none',
  yes: 'yes',
  no: 'no',
  back: 'Back',
  remove: 'Remove',
  add: 'Add',
  optional: 'optional',
};
