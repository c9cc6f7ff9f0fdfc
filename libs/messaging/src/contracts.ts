import type { AnyContract } from '@waymark/kernel';
import type { z } from 'zod';
import { NotAContract, type Message } from './bus.js';

/** What may travel, by type. */
export type Contracts = ReadonlyMap<string, { readonly topic: string; readonly schema: z.ZodType }>;

/** @throws TypeError when a type is declared twice */
export const contractsByType = (contracts: readonly AnyContract[]): Contracts => {
  const byType = new Map<string, { topic: string; schema: z.ZodType }>();
  for (const { type, topic, schema } of contracts) {
    if (byType.has(String(type))) throw new TypeError(`contract ${String(type)} is declared twice`);
    // A reader ignores fields that came later; a publisher has no business with fields that were never declared.
    byType.set(String(type), { topic, schema: schema.strict() });
  }
  return byType;
};

/** The message as its contract has it. @throws NotAContract naming the type and the fields, never their values */
export const checkContract = (contracts: Contracts, topic: string, message: Message): Message => {
  const contract = contracts.get(message.type);
  if (!contract) throw new NotAContract(`${message.type} is not a declared contract; list it where the bus is made`);
  if (contract.topic !== topic) throw new NotAContract(`${message.type} belongs to topic ${contract.topic}, not ${topic}`);
  const result = contract.schema.safeParse(message.data);
  if (result.success) return { ...message, data: result.data };
  const fields = result.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue.path.join('.') || 'data',
  );
  throw new NotAContract(`${message.type}: ${[...new Set(fields)].join(', ')} is not as the contract has it`);
};
