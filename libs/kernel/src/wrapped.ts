import { z } from 'zod';

/** What an optional, nullable or read-only schema is wrapped around; undefined where there is no wrapping. */
export const wrapped = (node: z.ZodType): z.ZodType | undefined =>
  node instanceof z.ZodOptional || node instanceof z.ZodNullable || node instanceof z.ZodReadonly
    ? (node.unwrap() as z.ZodType)
    : undefined;
