import type { Leases } from '../leases.js';

/** For a process that nothing runs beside: a lease is free until somebody in it takes it, and ends only by being let go. */
export const aloneLeases = (): Leases => {
  const held = new Map<string, string>();
  return {
    take: async (name, holder) => {
      const by = held.get(name) ?? holder;
      held.set(name, by);
      return by === holder;
    },
    release: async (name, holder) => {
      if (held.get(name) === holder) held.delete(name);
    },
    close: async () => held.clear(),
  };
};
