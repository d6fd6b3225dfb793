import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const pages = ['README.md', 'STYLE_GUIDE.md', ...globSync('docs/**/*.md', { cwd: root })]

/** Paths of the repository that a page names in code, and files that it links to. */
const referencesOf = (page: string): string[] => {
  const text = readFileSync(join(root, page), 'utf8')
  const named = [...text.matchAll(/(?<![\w./-])(?:packages|services|scripts|docs|infra)\/[\w./-]*\w\/?/g)]
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)]
  return [...named.map(([path]) => join(root, path)), ...links.map(([, target]) => join(root, dirname(page), target!))]
}

describe('documents', () => {
  it.each(pages)('%s names only files that are there', (page) => {
    expect(referencesOf(page).filter((path) => !existsSync(path))).toEqual([])
  })
})
