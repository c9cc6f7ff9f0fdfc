import { Inject, Injectable, Optional } from '@nestjs/common';
import { DEMONSTRATION, type DemonstrationStatus } from './demonstration.js';
import { layout } from './layout.js';
import type { Markup } from './markup.js';
import { contentSecurityPolicy } from './styles.js';

/** The part of an answer that a page needs. */
export interface Reply {
  status(code: number): Reply;
  headers(values: Readonly<Record<string, string>>): Reply;
  send(body?: string): unknown;
}

export interface Shown {
  readonly title: string;
  readonly main: Markup;
}

/** Sends pages in their common frame. */
@Injectable()
export class PageFrame {
  constructor(@Optional() @Inject(DEMONSTRATION) private readonly demonstration?: () => DemonstrationStatus) {}

  send(reply: Reply, shown: Shown, status = 200): void {
    reply
      .status(status)
      .headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': contentSecurityPolicy })
      .send(layout({ ...shown, demonstration: this.demonstration?.() }));
  }
}
