// A reader for small protobuf messages (Protocol Buffers, "Encoding"): whole messages, groups refused.
// Stricter than the format where that would hide damage: no field number 0, no number above 64 bits, nothing left over.
// SPDX-License-Identifier: MIT

export interface ProtobufField {
  readonly number: number;
  /** A varint as an unsigned number, bytes as a view of the message, or null for a fixed-width number. */
  readonly value: bigint | Uint8Array | null;
}

const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

const MAX_VARINT_BYTES = 10;
const MAX_VARINT = 2n ** 64n - 1n;
const MAX_FIELD_NUMBER = 2n ** 29n - 1n;

/** The fields of `message` in their order. Throws `TypeError` unless all of it is well formed. */
export function readProtobuf(message: Uint8Array): readonly ProtobufField[] {
  const reader = { message, offset: 0 };
  const fields: ProtobufField[] = [];
  while (reader.offset < message.length) fields.push(readField(reader));
  return fields;
}

interface Reader {
  readonly message: Uint8Array;
  offset: number;
}

function readField(reader: Reader): ProtobufField {
  const tag = readVarint(reader);
  const number = tag >> 3n;
  if (number === 0n || number > MAX_FIELD_NUMBER) {
    throw new TypeError('protobuf: a field number out of range');
  }
  return { number: Number(number), value: readValue(reader, Number(tag & 7n)) };
}

function readValue(reader: Reader, wireType: number): ProtobufField['value'] {
  switch (wireType) {
    case VARINT:
      return readVarint(reader);
    case LENGTH_DELIMITED:
      return take(reader, readVarint(reader));
    case FIXED_64:
      take(reader, 8n);
      return null;
    case FIXED_32:
      take(reader, 4n);
      return null;
    default:
      throw new TypeError(`protobuf: wire type ${wireType} is not read`);
  }
}

function readVarint(reader: Reader): bigint {
  let value = 0n;
  for (let index = 0; index < MAX_VARINT_BYTES; index++) {
    const byte = reader.message[reader.offset++];
    if (byte === undefined) break;
    value |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte < 0x80 && value <= MAX_VARINT) return value;
  }
  throw new TypeError('protobuf: a number that ends late or never');
}

function take(reader: Reader, length: bigint): Uint8Array {
  const start = reader.offset;
  if (length > BigInt(reader.message.length - start)) {
    throw new TypeError('protobuf: a field that is longer than its message');
  }
  reader.offset = start + Number(length);
  return reader.message.subarray(start, reader.offset);
}
