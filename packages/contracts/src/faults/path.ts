/** Keys and indexes from the root of a value. */
export type Path = readonly (string | number)[]

/** `brands[0].id` */
export const dotted = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    '',
  )

export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, part) => (at !== null && typeof at === 'object' ? Reflect.get(at, part) : undefined), value)
