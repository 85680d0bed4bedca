/** A file that begins like a model and then breaks its format. Never thrown for files that are something else. */
export class ModelFileFault extends Error {
  override readonly name = 'ModelFileFault';
}
