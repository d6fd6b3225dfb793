import type { DefineCommand } from '../define-command.ts'
import { addInputOptions, INPUT_HELP, type InputOptions, readInputMentions } from '../input-mentions.ts'
import { openOutput, withOutputs } from '../output-file.ts'
import { createProgress } from '../terminal/progress.ts'

export const defineClassify: DefineCommand = (command, io) => {
  addInputOptions(command)
    .argument('<input...>', 'files of mentions; id and text suffice')
    .requiredOption('--out <file>', 'where {"id","complaint","lang"} goes, one a line; "-" for standard output')
    .addHelpText('after', INPUT_HELP)
    .action(async (inputs: string[], options: InputOptions & { out: string }) => {
      const { createScorer } = await import('@outcry/engine')
      const scorer = createScorer()
      const output = await openOutput(options.out, io)
      const progress = createProgress(io, 'texts')
      let done = 0
      await withOutputs([output], async () => {
        for await (const { mention } of readInputMentions(inputs, { ...options, needs: 'text' }, io)) {
          const { complaint, lang } = scorer.score(mention)
          await output.write(`${JSON.stringify({ id: mention.id, complaint, lang })}\n`)
          progress.update((done += 1))
        }
      }).finally(() => progress.end())
    })
}
