// Structured clone over a byte frame, for the way between page and main: a JSON description of the value's graph, then
// its binary parts raw, so that bytes travel as bytes. Used by both ends; the page gets it inlined into its script.
// SPDX-License-Identifier: MIT

type Described = string | number | boolean | null | readonly unknown[];

interface Description {
  readonly root: Described;
  readonly nodes: readonly (readonly unknown[])[];
  readonly sizes: readonly number[];
}

const NOT_CLONEABLE = 'An object could not be cloned.';
const LENGTH_BYTES = 4;

/** Packs a structured clone of `value`. Throws what Electron throws for functions, symbols and the like. */
export function packClone(value: unknown): Uint8Array<ArrayBuffer> {
  const packer = newPacker();
  const root = describe(packer, clonedByTheEngine(value));
  const description: Description = {
    root,
    nodes: packer.nodes,
    sizes: packer.segments.map((segment) => segment.length),
  };
  const header = new TextEncoder().encode(JSON.stringify(description));
  const frame = new Uint8Array(
    description.sizes.reduce((sum, size) => sum + size, LENGTH_BYTES + header.length),
  );
  new DataView(frame.buffer).setUint32(0, header.length);
  frame.set(header, LENGTH_BYTES);
  header.fill(0);
  let at = LENGTH_BYTES + header.length;
  for (const segment of packer.segments) {
    frame.set(segment, at);
    at += segment.length;
    // These are the engine's copy, not the caller's bytes.
    segment.fill(0);
  }
  return frame;
}

function clonedByTheEngine(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    throw new Error(NOT_CLONEABLE);
  }
}

interface Packer {
  readonly nodes: unknown[][];
  readonly segments: Uint8Array[];
  readonly seen: Map<object, number>;
}

function newPacker(): Packer {
  return { nodes: [], segments: [], seen: new Map() };
}

function describe(packer: Packer, value: unknown): Described {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : ['number', Object.is(value, -0) ? '-0' : String(value)];
    case 'undefined':
      return ['undefined'];
    case 'bigint':
      return ['bigint', String(value)];
    case 'object':
      return value === null ? null : describeObject(packer, value);
    case 'function':
    case 'symbol':
      throw new Error(NOT_CLONEABLE);
  }
}

function describeObject(packer: Packer, value: object): Described {
  const known = packer.seen.get(value);
  if (known !== undefined) return ['ref', known];
  const index = packer.nodes.length;
  packer.seen.set(value, index);
  const node: unknown[] = [];
  packer.nodes.push(node);
  node.push(...nodeOf(packer, value));
  return ['ref', index];
}

function nodeOf(packer: Packer, value: object): unknown[] {
  if (Array.isArray(value)) {
    return ['array', value.length, entriesOf(packer, Object.entries(value))];
  }
  if (value instanceof Map) {
    return ['map', [...value].map(([k, v]) => [describe(packer, k), describe(packer, v)])];
  }
  if (value instanceof Set) return ['set', [...value].map((v) => describe(packer, v))];
  if (value instanceof Date) return ['date', describe(packer, value.getTime())];
  if (value instanceof RegExp) return ['regexp', value.source, value.flags];
  if (value instanceof Error) return errorNode(packer, value);
  if (value instanceof ArrayBuffer) return ['buffer', segment(packer, new Uint8Array(value))];
  if (ArrayBuffer.isView(value)) return viewNode(packer, value);
  const tag = Object.prototype.toString.call(value);
  if (['[object Number]', '[object String]', '[object Boolean]', '[object BigInt]'].includes(tag)) {
    return ['box', describe(packer, value.valueOf())];
  }
  if (tag !== '[object Object]') throw new Error(`not implemented in the stand-in: cloning ${tag}`);
  return ['object', entriesOf(packer, Object.entries(value))];
}

function entriesOf(packer: Packer, entries: readonly [string, unknown][]): unknown[] {
  return entries.map(([key, v]) => [key, describe(packer, v)]);
}

function errorNode(packer: Packer, error: Error): unknown[] {
  const cause = 'cause' in error ? [describe(packer, error.cause)] : [];
  return ['error', error.name, error.message, error.stack ?? '', cause];
}

function viewNode(packer: Packer, view: ArrayBufferView): unknown[] {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return ['view', Object.prototype.toString.call(view).slice(8, -1), segment(packer, bytes)];
}

function segment(packer: Packer, bytes: Uint8Array): number {
  return packer.segments.push(bytes) - 1;
}

/** Rebuilds the value. Everything is copied out of `frame`, which may be zeroed afterwards. */
export function unpackClone(frame: Uint8Array): unknown {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const headerEnd = LENGTH_BYTES + view.getUint32(0);
  const header = new TextDecoder().decode(frame.subarray(LENGTH_BYTES, headerEnd));
  const { root, nodes, sizes } = JSON.parse(header) as Description;
  let at = headerEnd;
  const segments = sizes.map((size) => {
    const bytes = Uint8Array.from(frame.subarray(at, at + size));
    at += size;
    return bytes;
  });
  return rebuild({ nodes, segments, built: new Map() }, root);
}

interface Rebuilder {
  readonly nodes: Description['nodes'];
  readonly segments: readonly Uint8Array<ArrayBuffer>[];
  readonly built: Map<number, object>;
}

function rebuild(from: Rebuilder, described: unknown): unknown {
  if (!Array.isArray(described)) return described;
  const [kind, text] = described as [string, unknown];
  switch (kind) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(text);
    case 'bigint':
      return BigInt(text as string);
    default:
      return rebuildNode(from, text as number);
  }
}

function rebuildNode(from: Rebuilder, index: number): object {
  const known = from.built.get(index);
  if (known !== undefined) return known;
  const [kind, ...rest] = from.nodes[index] ?? [];
  const value = emptyNode(from, kind as string, rest);
  from.built.set(index, value);
  fillNode(from, kind as string, rest, value);
  return value;
}

function emptyNode(from: Rebuilder, kind: string, rest: readonly unknown[]): object {
  switch (kind) {
    case 'array':
      return new Array<unknown>(rest[0] as number);
    case 'map':
      return new Map();
    case 'set':
      return new Set();
    case 'date':
      return new Date(rebuild(from, rest[0]) as number);
    case 'regexp':
      return new RegExp(rest[0] as string, rest[1] as string);
    case 'error':
      return newError(rest as readonly [string, string, string]);
    case 'buffer':
      return segmentAt(from, rest[0]).buffer;
    case 'view':
      return newView(rest[0] as string, segmentAt(from, rest[1]));
    case 'box':
      return Object(rebuild(from, rest[0])) as object;
    default:
      return {};
  }
}

function segmentAt(from: Rebuilder, index: unknown): Uint8Array<ArrayBuffer> {
  const bytes = from.segments[index as number];
  if (bytes === undefined) throw new Error('clone frame: a binary part is missing');
  return bytes;
}

function newError([name, message, stack]: readonly [string, string, string]): Error {
  const types = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };
  const Type = name in types ? types[name as keyof typeof types] : Error;
  const error = new Type(message);
  Object.defineProperty(error, 'stack', { value: stack, configurable: true, writable: true });
  return error;
}

function newView(name: string, bytes: Uint8Array<ArrayBuffer>): object {
  if (name === 'Uint8Array') return bytes;
  if (name === 'DataView') return new DataView(bytes.buffer);
  const type = (globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => object>)[name];
  if (type === undefined) throw new Error(`clone frame: no view named ${name}`);
  return new type(bytes.buffer);
}

function fillNode(from: Rebuilder, kind: string, rest: readonly unknown[], value: object): void {
  if (kind === 'map') {
    for (const [k, v] of rest[0] as [unknown, unknown][]) {
      (value as Map<unknown, unknown>).set(rebuild(from, k), rebuild(from, v));
    }
  } else if (kind === 'set') {
    for (const v of rest[0] as unknown[]) (value as Set<unknown>).add(rebuild(from, v));
  } else if (kind === 'object' || kind === 'array') {
    for (const [key, v] of rest[kind === 'array' ? 1 : 0] as [string, unknown][]) {
      define(value, key, rebuild(from, v));
    }
  } else if (kind === 'error') {
    for (const cause of rest[3] as unknown[]) {
      Object.defineProperty(value, 'cause', { value: rebuild(from, cause), configurable: true });
    }
  }
}

/** Plain assignment to `__proto__` would change the prototype. */
function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
