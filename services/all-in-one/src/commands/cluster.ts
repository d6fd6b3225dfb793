import type { Mention } from '@outcry/contracts'
import type { DefineCommand } from '../define-command.ts'
import { EMBEDDING_OPTION, openEmbedding, withModelOf } from '../embedding-model.ts'
import { CONFIG_OPTION, loadSettings } from '../load-settings.ts'
import { addInputOptions, INPUT_HELP, type InputOptions, readInputMentions } from '../input-mentions.ts'
import { openOutput, withOutputs } from '../output-file.ts'
import { createProgress } from '../terminal/progress.ts'

/** Cluster names must be the same for the same input everywhere, so the key of their hash is no secret. */
const OFFLINE_ID_KEY = 'outcry cluster'

type Options = InputOptions & { out: string; embedding?: string; config?: string }

/** Texts given to the model at once. */
const BATCH = 64

export const defineCluster: DefineCommand = (command, io) => {
  addInputOptions(command)
    .argument('<input...>', 'files of texts in order; id and text suffice')
    .requiredOption('--out <file>', 'where {"id","cluster"} goes, one a line; "-" for standard output')
    .option(...EMBEDDING_OPTION)
    .option(...CONFIG_OPTION)
    .addHelpText('after', INPUT_HELP)
    .action(async (inputs: string[], options: Options) => {
      const { createClusterStream } = await import('@outcry/engine')
      const configured = await loadSettings(io, options.config, ['embedding', 'dataDir'])
      const embedding = await openEmbedding((await withModelOf(configured, options.embedding, io)).config)
      const stream = createClusterStream(OFFLINE_ID_KEY)
      const output = await openOutput(options.out, io)
      const progress = createProgress(io, 'texts')
      const ids: string[] = []
      const names: string[] = []
      await withOutputs([output], async () => {
        let batch: Mention[] = []
        const flush = async () => {
          const vectors = (await embedding?.embed(batch.map(({ text }) => text))) ?? []
          for (const [at, { id, text, lang }] of batch.entries()) {
            names.push(stream.add(id, text, lang, vectors[at]))
            ids.push(id)
          }
          batch = []
          progress.update(ids.length)
        }
        for await (const { mention } of readInputMentions(inputs, { ...options, needs: 'text' }, io)) {
          batch.push(mention)
          if (batch.length === BATCH) await flush()
        }
        await flush()
        for (const [index, id] of ids.entries())
          await output.write(`${JSON.stringify({ id, cluster: stream.finalName(names[index]!) })}\n`)
      }).finally(() => progress.end())
      await embedding?.close()
    })
}
