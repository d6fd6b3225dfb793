import { Type } from 'typebox'
import { callerOf, visible } from '../access.ts'
import type { BrandReader, SourceReader } from '../ports-of-estate.ts'
import { scopeCovers } from '../principal.ts'
import { BrandPagesView, BrandView, brandPagesView, brandView, SourceView, sourceView } from '../views/estate-view.ts'
import { answers, IdParams, security, type RestApp } from './answers.ts'

/** What is watched, and by what: both lists are bounded by the configuration and come whole. */
export const estateRoutes = (app: RestApp, brands: BrandReader, sources: SourceReader): void => {
  app.get(
    '/brands',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listBrands',
        summary: 'Watched brands with open issues, page budget and sources',
        tags: ['brands'],
        security,
        response: answers({ 200: Type.Object({ items: Type.Array(BrandView) }) }),
      },
    },
    async (request) => ({ items: (await brands.list(callerOf(request).brands)).map(brandView) }),
  )

  app.get(
    '/brands/:id/pages',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'getBrandPages',
        summary: 'The page budget of a brand: used, achieved, precision by feedback, and what was held and why',
        tags: ['brands'],
        security,
        params: IdParams,
        response: answers({ 200: BrandPagesView }),
      },
    },
    async (request) => {
      const { brand } = visible(request, { brand: request.params.id })
      const found = await brands.pages(brand)
      const { row, held } = visible(request, found && { brand: found.row.id, ...found })
      return brandPagesView(row, held)
    },
  )

  app.get(
    '/sources',
    {
      config: { access: 'viewer' },
      schema: {
        operationId: 'listSources',
        summary: 'Sources: live, lagging or blind, and why',
        tags: ['sources'],
        security,
        response: answers({ 200: Type.Object({ items: Type.Array(SourceView) }) }),
      },
    },
    async (request) => {
      const scope = callerOf(request).brands
      const seen = (await sources.list()).filter(
        ({ brands }) => scope === null || brands === null || brands.some((brand) => scopeCovers(scope, brand)),
      )
      const own = (brand: string) => scopeCovers(scope, brand)
      return { items: seen.map((source) => sourceView({ ...source, brands: source.brands?.filter(own) ?? null })) }
    },
  )
}
