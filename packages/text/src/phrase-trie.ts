type Node<Value> = { readonly next: Map<string, Node<Value>>; readonly values: Value[] }

const empty = <Value>(): Node<Value> => ({ next: new Map(), values: [] })

/** Phrases by their tokens. Looking one up takes as many steps as the phrase is long, however many there are. */
export class PhraseTrie<Value> {
  readonly #root: Node<Value> = empty()

  get isEmpty(): boolean {
    return this.#root.next.size === 0
  }

  add(tokens: readonly string[], value: Value): void {
    let node = this.#root
    for (const token of tokens) {
      let next = node.next.get(token)
      if (!next) node.next.set(token, (next = empty()))
      node = next
    }
    node.values.push(value)
  }

  /** Whether a phrase begins with the token. */
  opens(token: string): boolean {
    return this.#root.next.has(token)
  }

  /**
   * Reports every phrase that begins at token `start`. `tokenAt` gives a token or undefined past the end; `joins` says
   * whether the token at an index belongs to the same phrase as the one before it.
   */
  matchAt(
    start: number,
    tokenAt: (index: number) => string | undefined,
    report: (value: Value) => void,
    joins: (index: number) => boolean = () => true,
  ): void {
    let node: Node<Value> | undefined = this.#root
    for (let index = start; ; index++) {
      const token = tokenAt(index)
      if (token === undefined || (index > start && !joins(index))) return
      node = node.next.get(token)
      if (!node) return
      for (const value of node.values) report(value)
    }
  }
}
