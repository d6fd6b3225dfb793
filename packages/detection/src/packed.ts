/** What snapshots are made of: plain values and typed arrays. */
export type Packed = null | boolean | number | string | Packed[] | { [field: string]: Packed } | TypedArray

/** A value of which parts are made only when it is their turn to be written. */
export type Unpacked =
  | Packed
  | (() => Unpacked)
  | PiecewiseArray
  | Piece
  | readonly Unpacked[]
  | { readonly [field: string]: Unpacked }

/** One array of `length` numbers, of which each piece is made when it is its turn; the pieces follow one another. */
export class PiecewiseArray {
  readonly length: number
  readonly pieces: readonly Piece[]

  constructor(length: number, pieces: readonly (() => Float64Array)[]) {
    this.length = length
    this.pieces = pieces.map((make) => new Piece(make))
  }
}

class Piece {
  readonly make: () => Float64Array

  constructor(make: () => Float64Array) {
    this.make = make
  }
}

type TypedArray = Uint8Array | Int32Array | Uint32Array | Float32Array | Float64Array
type TypedArrayConstructor<T extends TypedArray> = { new (length: number): T }

const KINDS = [Uint8Array, Int32Array, Uint32Array, Float32Array, Float64Array] as const
const TAG = { null: 0, false: 1, true: 2, integer: 3, number: 4, string: 5, list: 6, record: 7, typed: 8 } as const

/** Bytes of a value; equal values give equal bytes. Numbers keep every bit, strings every UTF-16 unit. */
export const pack = (value: Unpacked): Uint8Array => {
  const steps = packInSteps(value)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** Bytes between two steps: a millisecond's work. */
const STEP_BYTES = 65_536

/**
 * The same bytes as `pack`, made in steps of about a millisecond, each of which tells how many there are so far. Nothing
 * may change the value before the last one.
 */
export function* packInSteps(value: Unpacked): Generator<number, Uint8Array> {
  const writer = new Writer()
  /** What is begun: the rest of each list and record, the innermost last. */
  const begun: Iterator<Unpacked>[] = []
  const begin = (next: Unpacked): void => {
    const rest = write(writer, next)
    if (rest) begun.push(rest)
  }
  begin(value)
  let stepEnd = STEP_BYTES
  for (let innermost = begun.at(-1); innermost; innermost = begun.at(-1)) {
    const { done, value: next } = innermost.next() as IteratorResult<Unpacked, undefined>
    if (done) begun.pop()
    else begin(next)
    if (writer.used < stepEnd) continue
    yield writer.used
    stepEnd = writer.used + STEP_BYTES
  }
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

/** Writes a value, or the head of a list or record, whose rest it gives back. */
const write = (writer: Writer, value: Unpacked): Iterator<Unpacked> | undefined => {
  if (value === null) writer.byte(TAG.null)
  else if (typeof value === 'boolean') writer.byte(value ? TAG.true : TAG.false)
  else if (typeof value === 'number') writeNumber(writer, value)
  else if (typeof value === 'string') {
    writer.byte(TAG.string)
    writer.text(value)
  } else if (typeof value === 'function') return write(writer, value())
  else if (value instanceof Piece) writer.raw(bytesOf(value.make()))
  else if (value instanceof PiecewiseArray) {
    writer.byte(TAG.typed)
    writer.byte(KINDS.indexOf(Float64Array))
    writer.size(value.length)
    return value.pieces.values()
  } else if (Array.isArray(value)) {
    writer.byte(TAG.list)
    writer.size(value.length)
    return (value as readonly Unpacked[]).values()
  } else {
    const kind = KINDS.findIndex((constructor) => value instanceof constructor)
    if (kind < 0) return fieldsOf(writer, value as { readonly [field: string]: Unpacked })
    writeTyped(writer, value as TypedArray, kind)
  }
  return undefined
}

const fieldsOf = (writer: Writer, record: { readonly [field: string]: Unpacked }): Iterator<Unpacked> => {
  const fields = Object.keys(record)
  writer.byte(TAG.record)
  writer.size(fields.length)
  let at = 0
  return {
    next: () => {
      const field = fields[at++]
      if (field === undefined) return { done: true, value: undefined }
      writer.text(field)
      return { done: false, value: record[field]! }
    },
  }
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
  writer.raw(bytesOf(value))
}

const bytesOf = ({ buffer, byteOffset, byteLength }: TypedArray) => new Uint8Array(buffer, byteOffset, byteLength)

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
  used = 0
  #scratch = new Float64Array(1)
  #scratchBytes = new Uint8Array(this.#scratch.buffer)

  byte(value: number): void {
    this.#reserve(1)
    this.#bytes[this.used++] = value
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
    this.#reserve(3 * value.length)
    for (let at = 0; at < value.length; at++) {
      const unit = value.charCodeAt(at)
      if (unit < 0x80) this.#bytes[this.used++] = unit
      else this.size(unit)
    }
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.used)
    this.used += bytes.length
  }

  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.used)
  }

  #reserve(more: number): void {
    if (this.used + more <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.used + more))
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
