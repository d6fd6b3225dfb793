import { Type, type TSchema } from 'typebox'
import { Nullable } from './times.ts'

/** Query fields of every list. */
export const pageQuery = {
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'Most items of a page.' }),
  cursor: Type.Optional(Type.String({ maxLength: 2_000, description: 'nextCursor of the page before.' })),
}

export const BrandFilter = Type.Array(Type.String({ maxLength: 130 }), {
  default: [],
  maxItems: 100,
  description: 'Only these brands; repeat it for several. A drill is `brand#drill-id`.',
})

export const SearchText = Type.Optional(
  Type.String({ minLength: 1, maxLength: 200, description: 'Part of the label, any case.' }),
)

export const PageOf = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    nextCursor: Nullable(Type.String({ description: 'Opaque; null at the end.' })),
  })
