/** How many of something each address has at the moment, at most so many. */
export class AddressCounts {
  private readonly held = new Map<string, number>();

  constructor(private readonly most: number) {}

  /** False where the address has as many as it may; then none is to be given back. */
  take(address: string): boolean {
    const held = this.held.get(address) ?? 0;
    if (held >= this.most) return false;
    this.held.set(address, held + 1);
    return true;
  }

  giveBack(address: string): void {
    const held = (this.held.get(address) ?? 0) - 1;
    if (held > 0) this.held.set(address, held);
    else this.held.delete(address);
  }
}
