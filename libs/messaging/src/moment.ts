/** A moment that comes again and again, and that any number wait for. Who looks at something asks for the next one before: then none is missed. */
export class Moment {
  private tell = (): void => undefined;
  private coming = this.another();

  next(): Promise<void> {
    return this.coming;
  }

  come(): void {
    const { tell } = this;
    this.coming = this.another();
    tell();
  }

  private another(): Promise<void> {
    return new Promise((resolve) => (this.tell = resolve));
  }
}
