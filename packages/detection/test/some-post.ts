import type { Post } from '../src/post.ts'

/** A post for tests; what matters to the test is given. */
export const somePost = (given: Partial<Post> = {}): Post => ({
  id: 'm',
  key: given.person ?? 0,
  person: 0,
  at: 0,
  complaint: 0.8,
  hostility: 0,
  harm: 'none',
  source: 's',
  lang: 'en',
  excerpt: '',
  url: '',
  followers: 0,
  accountAt: 0,
  copy: false,
  backfill: false,
  answered: false,
  types: [],
  cluster: 0,
  issue: '',
  near: 1,
  rank: 0.5,
  printHi: 0,
  printLo: 0,
  ...given,
})
