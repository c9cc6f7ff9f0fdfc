import type { After } from '@waymark/event-store';
import type { withDefaults } from '../core/reaction.js';
import type { LogReactionDeps } from './log-subscription.js';

const reportEveryMs = 2_000;

/** The way of a subscriber to the head of the log. One that takes over two seconds is reported, every two seconds. */
export class CatchUp {
  private toldMs = 0;
  private done = 0;
  private over = false;

  constructor(
    private readonly reaction: string,
    private readonly deps: ReturnType<typeof withDefaults> & Pick<LogReactionDeps, 'store'>,
  ) {}

  /** Whether the head was reached once. */
  get isOver(): boolean {
    return this.over;
  }

  begin(): void {
    this.toldMs = this.deps.monotonicMs();
    this.done = 0;
  }

  end(): void {
    this.over = true;
  }

  /** So many events more took effect, up to a position. */
  async took(events: number, position: After): Promise<void> {
    const { report, monotonicMs, store } = this.deps;
    this.done += events;
    const now = monotonicMs();
    if (this.over || !report || now - this.toldMs < reportEveryMs) return;
    this.toldMs = now;
    report({ reaction: this.reaction, doing: 'catch-up', done: this.done, position, head: await store.head() });
  }
}
