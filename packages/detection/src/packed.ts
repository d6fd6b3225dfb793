/** What snapshots are made of: plain values and typed arrays. */
export type Packed = null | boolean | number | string | Packed[] | { [field: string]: Packed } | TypedArray

type TypedArray = Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array
type TypedArrayConstructor<T extends TypedArray> = { new (length: number): T }

const KINDS = [Uint8Array, Int32Array, Uint32Array, Float32Array, Float64Array] as const
const TAG = { null: 0, false: 1, true: 2, integer: 3, number: 4, string: 5, list: 6, record: 7, typed: 8 } as const

/** Bytes of a value; equal values give equal bytes. Numbers keep every bit, strings every UTF-16 unit. */
export const pack = (value: Packed): Uint8Array => {
  const writer = new Writer()
  write(writer, value)
  return writer.bytes()
}

/** The value of bytes that `pack` made. Throws on anything else. */
export const unpack = (bytes: Uint8Array): Packed => {
  const reader = new Reader(bytes)
  const value = read(reader)
  if (!reader.done()) throw new RangeError('snapshot has bytes left over')
  return value
}

/** The value as that kind of typed array; throws where a snapshot holds something else. */
export const asTyped = <T extends TypedArray>(value: Packed | undefined, kind: TypedArrayConstructor<T>): T => {
  if (value instanceof kind) return value
  throw new TypeError('snapshot holds another kind of array')
}

const write = (writer: Writer, value: Packed): void => {
  if (value === null) return writer.byte(TAG.null)
  if (typeof value === 'boolean') return writer.byte(value ? TAG.true : TAG.false)
  if (typeof value === 'number') return writeNumber(writer, value)
  if (typeof value === 'string') {
    writer.byte(TAG.string)
    return writer.text(value)
  }
  if (Array.isArray(value)) {
    writer.byte(TAG.list)
    writer.size(value.length)
    for (const item of value) write(writer, item)
    return undefined
  }
  const kind = KINDS.findIndex((constructor) => value instanceof constructor)
  if (kind >= 0) return writeTyped(writer, value as TypedArray, kind)
  const fields = Object.keys(value)
  writer.byte(TAG.record)
  writer.size(fields.length)
  for (const field of fields) {
    writer.text(field)
    write(writer, (value as Record<string, Packed>)[field]!)
  }
  return undefined
}

const writeNumber = (writer: Writer, value: number): void => {
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 31 && !Object.is(value, -0)) {
    writer.byte(TAG.integer)
    writer.size(value)
  } else {
    writer.byte(TAG.number)
    writer.number(value)
  }
}

const writeTyped = (writer: Writer, value: TypedArray, kind: number): void => {
  writer.byte(TAG.typed)
  writer.byte(kind)
  writer.size(value.length)
  writer.raw(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
}

const read = (reader: Reader): Packed => {
  switch (reader.byte()) {
    case TAG.null:
      return null
    case TAG.false:
      return false
    case TAG.true:
      return true
    case TAG.integer:
      return reader.size()
    case TAG.number:
      return reader.number()
    case TAG.string:
      return reader.text()
    case TAG.list:
      return Array.from({ length: reader.size() }, () => read(reader))
    case TAG.record: {
      const record: { [field: string]: Packed } = {}
      for (let left = reader.size(); left > 0; left--) {
        const field = reader.text()
        record[field] = read(reader)
      }
      return record
    }
    case TAG.typed: {
      const kind = KINDS[reader.byte()]
      if (!kind) throw new RangeError('snapshot holds an unknown kind of array')
      const array = new kind(reader.size())
      new Uint8Array(array.buffer).set(reader.raw(array.byteLength))
      return array
    }
    default:
      throw new RangeError('snapshot holds an unknown tag')
  }
}

class Writer {
  #bytes = new Uint8Array(4_096)
  #used = 0
  #scratch = new Float64Array(1)
  #scratchBytes = new Uint8Array(this.#scratch.buffer)

  byte(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#used++] = value
  }

  /** A whole number from 0, seven bits a byte. */
  size(value: number): void {
    let left = value
    while (left > 0x7f) {
      this.byte((left & 0x7f) | 0x80)
      left = Math.floor(left / 128)
    }
    this.byte(left)
  }

  number(value: number): void {
    this.#scratch[0] = value
    this.raw(this.#scratchBytes)
  }

  text(value: string): void {
    this.size(value.length)
    for (let at = 0; at < value.length; at++) this.size(value.charCodeAt(at))
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#used)
    this.#used += bytes.length
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#used)
  }

  #reserve(more: number): void {
    if (this.#used + more <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#used + more))
    grown.set(this.#bytes)
    this.#bytes = grown
  }
}

class Reader {
  #at = 0
  readonly #bytes: Uint8Array
  readonly #scratch = new Float64Array(1)
  readonly #scratchBytes = new Uint8Array(this.#scratch.buffer)

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  done(): boolean {
    return this.#at === this.#bytes.length
  }

  byte(): number {
    const value = this.#bytes[this.#at++]
    if (value === undefined) throw new RangeError('snapshot ends too early')
    return value
  }

  size(): number {
    let value = 0
    let scale = 1
    for (;;) {
      const byte = this.byte()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
      scale *= 128
    }
  }

  number(): number {
    // A Buffer's slice shares its memory and may begin anywhere: copy into memory of our own.
    this.#scratchBytes.set(this.raw(8))
    return this.#scratch[0]!
  }

  text(): string {
    const length = this.size()
    let text = ''
    for (let at = 0; at < length; at++) text += String.fromCharCode(this.size())
    return text
  }

  raw(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new RangeError('snapshot ends too early')
    const bytes = this.#bytes.subarray(this.#at, this.#at + length)
    this.#at += length
    return bytes
  }
}
