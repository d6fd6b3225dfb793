/** Runs the model in a thread of its own: onnxruntime-node computes on the thread that calls it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { Tokenizer } from '@huggingface/tokenizers'
import { type Output, pooledVector } from './pooled-vector.ts'

export type ThreadData = { files: string; runtime: string; threads: number }
export type Question = { id: number; texts: readonly string[] }
/** `id` 0 says that the model is loaded, or why it is not. */
export type Answer = { id: number; vectors: Int8Array[] } | { id: number; error: string }

/** What is used of onnxruntime-node. */
type Tensor = { dims: readonly number[]; data: unknown }
type Session = {
  inputNames: readonly string[]
  outputNames: readonly string[]
  run(feeds: Record<string, Tensor>): Promise<Record<string, Tensor>>
}
type Runtime = {
  InferenceSession: { create(path: string, options: Record<string, unknown>): Promise<Session> }
  Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => Tensor
}

/** Most tokens of a text where the tokenizer names no bound; models of this kind learned from no longer ones. */
const MOST_TOKENS = 256
/** No token of a word is longer: what is behind this many characters cannot matter. */
const CHARS_A_TOKEN = 16

const { files, runtime, threads } = workerData as ThreadData
const read = (name: string): object => JSON.parse(readFileSync(join(files, name), 'utf8')) as object

const load = async () => {
  const description = read('tokenizer.json') as { truncation?: { max_length?: number } | null }
  const tokenizer = new Tokenizer(description, read('tokenizer_config.json'))
  const mostTokens = Math.min(description.truncation?.max_length ?? MOST_TOKENS, MOST_TOKENS)
  const onnx = createRequire(join(runtime, 'package.json'))('onnxruntime-node') as Runtime
  const session = await onnx.InferenceSession.create(join(files, 'model.onnx'), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  })
  const outputName = session.outputNames[0]!

  return async (text: string): Promise<Int8Array> => {
    const { ids: all } = tokenizer.encode(text.slice(0, mostTokens * CHARS_A_TOKEN))
    // A cut text still ends with the mark of its end.
    const ids = all.length > mostTokens ? [...all.slice(0, mostTokens - 1), all.at(-1)!] : all
    const tensor = (values: BigInt64Array) => new onnx.Tensor('int64', values, [1, ids.length])
    const given: Record<string, () => BigInt64Array> = {
      input_ids: () => BigInt64Array.from(ids, BigInt),
      attention_mask: () => new BigInt64Array(ids.length).fill(1n),
      token_type_ids: () => new BigInt64Array(ids.length),
    }
    const feeds = session.inputNames.map((name): [string, Tensor] => [name, tensor(given[name]!())])
    const outputs = await session.run(Object.fromEntries(feeds))
    return pooledVector(outputs[outputName] as Output)
  }
}

const say = (answer: Answer): void => parentPort!.postMessage(answer, [])
const why = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const answer = async (embed: (text: string) => Promise<Int8Array>, { id, texts }: Question): Promise<void> => {
  try {
    const vectors: Int8Array[] = []
    // Int8 models scale by what else is in the run: one text a run, so that a vector depends on its text alone.
    for (const text of texts) vectors.push(await embed(text))
    say({ id, vectors })
  } catch (error) {
    say({ id, error: why(error) })
  }
}

try {
  const embed = await load()
  parentPort!.on('message', (question: Question) => void answer(embed, question))
  say({ id: 0, vectors: [] })
} catch (error) {
  say({ id: 0, error: why(error) })
}
