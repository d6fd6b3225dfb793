/** A post of a made stream with what it really is about; `burst` is "" outside of bursts. */
export type MadePost = {
  id: string
  brand: string
  at: number
  text: string
  author: string
  issue: string
  burst: string
}

/** Complaints of one issue by `size` people, epoch ms from first to last. */
export type MadeBurst = {
  id: string
  brand: string
  issue: string
  start: number
  end: number
  minutes: number
  size: number
}

/** What looks like a burst and is none. `issue` is absent of `diffuse`, where everything grows. */
export type HardNegative = {
  kind: 'diffuse' | 'spam' | 'slow'
  brand: string
  start: number
  end: number
  issue?: string
}

export type MadeTruth = {
  start: number
  end: number
  brands: string[]
  posts: number
  bursts: MadeBurst[]
  hard: HardNegative[]
}

/** Posts in order of time, and the truth about them. */
export type MadeStream = { posts: MadePost[]; truth: MadeTruth }
