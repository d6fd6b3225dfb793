import { Worker } from 'node:worker_threads'
import { type EmbeddingProvider, OutcryError } from '@outcry/contracts'
import type { InstalledModel } from './installed-model.ts'
import { modelDigest } from './model-files.ts'
import type { Answer, Question, ThreadData } from './model-thread.ts'

type Waiting = { done: (vectors: Int8Array[]) => void; fail: (error: Error) => void }

const failed = (message: string): OutcryError =>
  new OutcryError('EMBEDDING_FAILED', `The embedding model: ${message}`, {
    fix: 'Run outcry model install DIR again; set embedding.provider to none to go on with text alone.',
  })

/**
 * A sentence model on onnxruntime-node, in a thread of its own, `threads` of the runtime's beside it. Throws
 * `EMBEDDING_MODEL_INVALID` or `EMBEDDING_FAILED`; an `embed` that fails leaves the provider usable unless it is closed.
 */
export const openOnnxProvider = async (
  installed: Pick<InstalledModel, 'files' | 'runtime'>,
  threads = 1,
): Promise<EmbeddingProvider> => {
  const model = await modelDigest(installed.files)
  const data: ThreadData = { files: installed.files, runtime: installed.runtime, threads }
  const worker = new Worker(new URL('model-thread.ts', import.meta.url), { workerData: data })
  const waiting = new Map<number, Waiting>()
  let asked = 0
  let gone: Error | null = null

  const end = (error: Error): void => {
    gone ??= error
    for (const { fail } of waiting.values()) fail(error)
    waiting.clear()
  }
  worker.on('message', (answer: Answer) => {
    const asker = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) asker?.fail(failed(answer.error))
    else asker?.done(answer.vectors)
  })
  worker.on('error', (error: Error) => end(failed(error.message)))
  worker.on('exit', () => end(failed('its thread has ended')))

  const answerTo = (id: number): Promise<Int8Array[]> =>
    new Promise((done, fail) => {
      if (gone) fail(gone)
      else waiting.set(id, { done, fail })
    })

  try {
    await answerTo(0)
  } catch (error) {
    await worker.terminate()
    throw error
  }
  // It must not keep a process alive that has nothing left to do.
  worker.unref()
  return {
    model,
    embed: async (texts) => {
      if (texts.length === 0) return []
      const question: Question = { id: (asked += 1), texts }
      const answer = answerTo(question.id)
      worker.ref()
      worker.postMessage(question, [])
      try {
        return (await answer).map((vector) =>
          Buffer.from(vector.buffer, vector.byteOffset, vector.length).toString('base64'),
        )
      } finally {
        if (waiting.size === 0) worker.unref()
      }
    },
    close: async () => {
      end(failed('it was closed'))
      await worker.terminate()
    },
  }
}
