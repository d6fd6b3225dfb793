import { HashCounts } from './hash-counts.ts'
import { type Packed, asTyped } from './packed.ts'
import type { Post } from './post.ts'

const HOUR_MS = 3_600_000
/** Complaints of an hour from which one voice is worth a word, and again whenever they have doubled. */
const MANY = 12
const MAX_VOICES = 20_000

/** Whose storm it is: everything by one person, or one text that few people repeat. */
export type Storm = { person: number } | { cluster: number }

type Text = { posts: number; people: number[] }

/** Counts what each person and each text brings in an hour of the clock, to tell storms of few from crowds. */
export class FewVoices {
  #hour = 0
  #byPerson = new HashCounts()
  #byText = new Map<number, Text>()

  /** Counts a complaint, copy or not; a storm where one of fewer than `minPeople` people has grown to a new size. */
  add({ person, cluster }: Post, now: number, minPeople: number): Storm | undefined {
    const hour = Math.floor(now / HOUR_MS)
    if (hour !== this.#hour) {
      this.#hour = hour
      this.#byPerson.clear()
      this.#byText.clear()
    }
    const text = this.#text(cluster)
    const known = this.#byPerson.get(person)
    const posts = known > 0 || this.#byPerson.size < MAX_VOICES ? this.#byPerson.change(person, 1) : 1
    if (text) {
      text.posts++
      if (text.people.length < minPeople && !text.people.includes(person)) text.people.push(person)
      if (text.people.length > 1 && text.people.length < minPeople && isNewSize(text.posts)) return { cluster }
    }
    return isNewSize(posts) ? { person } : undefined
  }

  pack(): Packed {
    const people = this.#byPerson.sorted()
    return {
      hour: this.#hour,
      byPerson: { people, posts: Int32Array.from(people, (person) => this.#byPerson.get(person)) },
      byText: [...this.#byText].map(([cluster, { posts, people }]) => [cluster, posts, Float64Array.from(people)]),
    }
  }

  static unpack(packed: Packed): FewVoices {
    const { hour, byPerson, byText } = packed as Record<string, Packed>
    const made = new FewVoices()
    made.#hour = hour as number
    const { people, posts } = byPerson as Record<string, Packed>
    const counts = asTyped(posts, Int32Array)
    asTyped(people, Float64Array).forEach((person, at) => made.#byPerson.change(person, counts[at]!))
    for (const [cluster, told, voices] of byText as Packed[][])
      made.#byText.set(cluster as number, { posts: told as number, people: [...asTyped(voices, Float64Array)] })
    return made
  }

  #text(cluster: number): Text | undefined {
    const known = this.#byText.get(cluster)
    if (known || this.#byText.size >= MAX_VOICES) return known
    const made = { posts: 0, people: [] }
    this.#byText.set(cluster, made)
    return made
  }
}

/** 12, 24, 48 …: looking for the posts is costly. */
const isNewSize = (posts: number): boolean => posts >= MANY && Number.isInteger(Math.log2(posts / MANY))
