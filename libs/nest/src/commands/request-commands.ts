import { derivedId, type StreamName, type Uuid } from '@waymark/kernel';
import type { RequestContext } from '../identity/request-context.js';

/**
 * Gives each command of a request an id of its own: the first to a stream has the request's id, each further one an id derived from it. Under one id the
 * store would take the second for a repeat of the first, and answer with the first one's result. A repeated request derives the same ids, as long as its
 * handler sends its commands to a stream in the same order.
 */
export class RequestCommands {
  readonly #sent = new WeakMap<RequestContext, Map<StreamName, number>>();

  idOfNext(context: RequestContext, stream: StreamName): Uuid {
    const sent = this.#sent.get(context) ?? new Map<StreamName, number>();
    const before = sent.get(stream) ?? 0;
    this.#sent.set(context, sent.set(stream, before + 1));
    return before === 0 ? context.commandId : derivedId('command', context.commandId, stream, String(before));
  }
}
