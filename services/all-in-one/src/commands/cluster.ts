import type { DefineCommand } from '../command-list.ts'
import { addInputOptions, INPUT_HELP, type InputOptions, readInputMentions } from '../input-mentions.ts'
import { openOutput, withOutputs } from '../output-file.ts'
import { createProgress } from '../terminal/progress.ts'

/** Cluster names must be the same for the same input everywhere, so the key of their hash is no secret. */
const OFFLINE_ID_KEY = 'outcry cluster'

export const defineCluster: DefineCommand = (command, io) => {
  addInputOptions(command)
    .argument('<input...>', 'files of texts in order; id and text suffice')
    .requiredOption('--out <file>', 'where {"id","cluster"} goes, one a line; "-" for standard output')
    .addHelpText('after', INPUT_HELP)
    .action(async (inputs: string[], options: InputOptions & { out: string }) => {
      const { createClusterStream } = await import('@outcry/engine')
      const stream = createClusterStream(OFFLINE_ID_KEY)
      const output = await openOutput(options.out, io)
      const progress = createProgress(io, 'texts')
      const ids: string[] = []
      const names: string[] = []
      await withOutputs([output], async () => {
        for await (const { mention } of readInputMentions(inputs, { ...options, needs: 'text' }, io)) {
          names.push(stream.add(mention.id, mention.text, mention.lang))
          ids.push(mention.id)
          progress.update(ids.length)
        }
        for (const [index, id] of ids.entries())
          await output.write(`${JSON.stringify({ id, cluster: stream.finalName(names[index]!) })}\n`)
      }).finally(() => progress.end())
    })
}
