import type { Clock } from '@outcry/runtime'

export type Answer<T> = { ok: true; value: T } | { ok: false; error: unknown }

/**
 * Asks one question at a time and waits at most `patienceMs` for its answer: what is frozen takes connections and
 * answers nothing, and each further question would hold a connection more.
 */
export const createAnswerWatch = <T>(
  ask: () => Promise<T>,
  clock: Clock,
  patienceMs: number,
  stopping: AbortSignal,
) => {
  let asking: Promise<Answer<T>> | null = null

  return async (): Promise<Answer<T>> => {
    asking ??= ask()
      .then(
        (value): Answer<T> => ({ ok: true, value }),
        (error: unknown): Answer<T> => ({ ok: false, error }),
      )
      .finally(() => (asking = null))
    const answered = new AbortController()
    const late = clock.sleep(patienceMs, AbortSignal.any([answered.signal, stopping])).then(
      (): Answer<T> => ({ ok: false, error: new Error(`no answer in ${patienceMs} ms`) }),
      (): Answer<T> => ({ ok: false, error: new Error('not asked any more') }),
    )
    const answer = await Promise.race([asking, late])
    answered.abort()
    return answer
  }
}
