import { resolve } from 'node:path'
import { installModel } from '@outcry/embedding'
import type { DefineCommand } from '../define-command.ts'
import { modelDirectory } from '../embedding-model.ts'
import { CONFIG_OPTION, loadSettings } from '../load-settings.ts'
import { createSteps } from '../terminal/steps.ts'

export const defineModel: DefineCommand = (command, io) => {
  command
    .command('install')
    .description('check a sentence model, put it and its runtime into the data directory, and try it')
    .argument('<dir>', 'directory with model.onnx, tokenizer.json and tokenizer_config.json')
    .option(...CONFIG_OPTION)
    .action(async (dir: string, options: { config?: string }) => {
      const { config } = await loadSettings(io, options.config, ['embedding', 'dataDir'])
      const directory = modelDirectory(config)
      const steps = createSteps(io)
      const onStep = (step: string) => steps.begin(step)
      const from = resolve(io.userDir, dir)
      const installed = await installModel({ from, directory, env: io.env, onStep }).finally(() => steps.end())
      io.stderr.write(`Installed in ${directory}: model ${installed.model}, ${installed.dimensions} dimensions.\n`)
      if (config.embedding.provider === 'none')
        io.stderr.write('To use it set embedding.provider to onnx (or OUTCRY_EMBEDDING=onnx) and start again.\n')
    })
}
