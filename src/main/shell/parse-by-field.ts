// A file of preferences against its schema, field by field: what parses is kept whatever stands beside it, and what does
// not is a word of another version rather than nonsense. It is not used, and stays in the file until something else is
// chosen in its place.
// SPDX-License-Identifier: MIT

import { z } from 'zod';

/** What of `found` parses; of an object each field by itself, of a list each member. `otherwise` stands in for the rest. */
export function parseByField<T>(shape: z.ZodType<T>, found: unknown, otherwise: T): T {
  const parsed = shape.safeParse(pick(shape, found, otherwise));
  return parsed.success ? parsed.data : otherwise;
}

/** `chosen` as it is to be written over `found`: with the fields, members and values of `found` that do not parse. */
export function writeByField<T>(
  shape: z.ZodType<T>,
  found: unknown,
  { chosen, otherwise }: { readonly chosen: T; readonly otherwise: T },
): unknown {
  return keep(shape, found, { chosen, otherwise });
}

function pick(shape: z.core.$ZodType, found: unknown, otherwise: unknown): unknown {
  if (shape instanceof z.ZodObject) {
    return mapFields(shape, (name, field) => {
      return pick(field, fieldsOf(found)[name], fieldsOf(otherwise)[name]);
    });
  }
  const { members } = told(shape, found);
  for (const candidate of [found, members]) {
    const parsed = z.safeParse(shape, candidate);
    if (parsed.success) return parsed.data;
  }
  return otherwise;
}

function keep(
  shape: z.core.$ZodType,
  found: unknown,
  value: { readonly chosen: unknown; readonly otherwise: unknown },
): unknown {
  const { chosen, otherwise } = value;
  if (shape instanceof z.ZodObject) {
    const known = mapFields(shape, (name, field) => {
      const [one, other] = [fieldsOf(chosen)[name], fieldsOf(otherwise)[name]];
      return keep(field, fieldsOf(found)[name], { chosen: one, otherwise: other });
    });
    return { ...fieldsOf(found), ...known };
  }
  if (Array.isArray(chosen)) return [...(chosen as unknown[]), ...told(shape, found).others];
  const isStillUnread = found !== undefined && !z.safeParse(shape, found).success;
  return isStillUnread && chosen === otherwise ? found : chosen;
}

/** Members of a list that parse, and those that do not. */
function told(
  shape: z.core.$ZodType,
  found: unknown,
): { readonly members: unknown; readonly others: readonly unknown[] } {
  if (!(shape instanceof z.ZodArray) || !Array.isArray(found))
    return { members: found, others: [] };
  const parses = (member: unknown): boolean => z.safeParse(shape.element, member).success;
  return {
    members: found.filter((member) => parses(member)),
    others: found.filter((member) => !parses(member)),
  };
}

function mapFields(
  { shape }: z.ZodObject,
  map: (name: string, field: z.core.$ZodType) => unknown,
): object {
  const fields = Object.entries<z.core.$ZodType>(shape);
  return Object.fromEntries(fields.map(([name, field]) => [name, map(name, field)]));
}

/** None of what is no object. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, unknown>>) : {};
}
