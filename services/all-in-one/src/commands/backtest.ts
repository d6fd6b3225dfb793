import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { AlertingSettings } from '@outcry/engine'
import { alertLine, backtest, type BacktestReport, renderReportPage, reportJson } from '@outcry/replay'
import type { LoadedConfig } from '@outcry/runtime'
import type { DefineCommand } from '../define-command.ts'
import { EMBEDDING_OPTION, openEmbedding, withEmbedding, withModelOf } from '../embedding-model.ts'
import { addInputOptions, INPUT_HELP, type InputOptions, readInputMentions } from '../input-mentions.ts'
import { withBrands } from '../input-brands.ts'
import { CONFIG_OPTION, loadSettings } from '../load-settings.ts'
import { ensureDirectory, openOutput, withOutputs } from '../output-file.ts'
import { createProgress } from '../terminal/progress.ts'
import { addTrialOptions, trialOverrides } from '../trial-settings.ts'

/** Ids of a backtest must be the same everywhere, so their key is no secret. */
const OFFLINE_ID_KEY = 'outcry backtest'

/** Nothing is read from platforms and nothing is sent: whoever tries settings needs no secrets. */
const OFFLINE_SECTIONS = ['brands', 'detection', 'alerting', 'embedding', 'dataDir']

type Options = InputOptions & {
  out: string
  config?: string
  brand?: string
  pagesPerWeek?: number
  embedding?: string
  json?: boolean
}

export const defineBacktest: DefineCommand = (command, io) => {
  addTrialOptions(addInputOptions(command))
    .argument('<input...>', 'files of mentions, at best in order of createdAt')
    .requiredOption('--out <dir>', 'where alerts.jsonl, assignments.jsonl, report.json and report.html go')
    .option(...CONFIG_OPTION)
    .option(...EMBEDDING_OPTION)
    .option('--brand <id>', 'brand of lines that name none')
    .option('--json', 'print report.json instead of a summary')
    .addHelpText('after', `${INPUT_HELP}\n${ORDER_HELP}`)
    .action(async (inputs: string[], options: Options) => {
      const configured = await loadSettings(io, options.config, OFFLINE_SECTIONS, trialOverrides(command))
      const loaded = await withEmbedding(await withModelOf(configured, options.embedding, io))
      const settings = loaded.detectionSettings
      const directory = await ensureDirectory(options.out, io)
      const open = (name: string) => openOutput(join(directory, name), io)
      const outputs = await Promise.all(['alerts.jsonl', 'assignments.jsonl', 'report.json', 'report.html'].map(open))
      const [alerts, assignments, json, page] = outputs as [Output, Output, Output, Output]
      const progress = createProgress(io, 'mentions')
      const embedding = await openEmbedding(loaded.config)
      const report = await withOutputs(outputs, async () => {
        const brandNeeded = options.brand === undefined && loaded.config.brands.length === 0
        const input = readInputMentions(inputs, { ...options, needs: 'mention', brandNeeded }, io)
        const result = await backtest({
          mentions: withBrands(input, loaded.config.brands, options.brand, io),
          settings,
          digest: createHash('sha256').update(JSON.stringify(settings)).digest('hex'),
          alerting: alertingOf(loaded, options.pagesPerWeek !== undefined),
          idKey: OFFLINE_ID_KEY,
          embedding: embedding ?? undefined,
          onProgress: (mentions) => progress.update(mentions),
        }).finally(() => progress.end())
        for (const alert of result.alerts) await alerts.write(alertLine(alert))
        for (const assignment of result.assignments()) await assignments.write(`${JSON.stringify(assignment)}\n`)
        await json.write(reportJson(result.report))
        await page.write(renderReportPage(result.report))
        return result.report
      })
      await embedding?.close()
      if (options.json === true) io.stdout.write(reportJson(report))
      else io.stderr.write(summary(report, options.out))
    })
}

type Output = Awaited<ReturnType<typeof openOutput>>

const ORDER_HELP = `
Up to 300,000 mentions may come in any order; a longer input must be in order of createdAt for each brand.
The same input and configuration give the same bytes. Nothing is sent and no service is needed.`

/** The page budget of the trial, else of the brand, else of all. */
const alertingOf =
  ({ config }: LoadedConfig, isTrial: boolean) =>
  (brand: string): AlertingSettings => ({
    pagesPerWeek:
      (isTrial ? undefined : config.brands.find(({ id }) => id === brand)?.pagesPerWeek) ??
      config.alerting.pagesPerWeek,
    updateEveryMs: config.alerting.updateEveryMs,
    resolveAfterCalmMs: config.detection.resolveAfterCalmMs,
    routes: [],
  })

const SHOWN_ISSUES = 20

const figure = (expected: number): string => (expected < 0.05 ? 'under 0.1' : expected.toFixed(1))

const summary = (report: BacktestReport, out: string): string => {
  const lines = [
    `${report.mentions} mentions, ${report.complaints} complaints, ${report.brands.length} brands: ${report.issues.length} issues, ${report.pages} pages`,
    ...report.issues
      .slice(0, SHOWN_ISSUES)
      .map(
        ({ openedMs, openedAs, brand, label, observed, expected, peak, page }) =>
          `  ${new Date(openedMs).toISOString().slice(0, 16)}  ${brand}  ${label}: opened as ${openedAs} with ${observed} people (${figure(expected)} expected), ` +
          `peak ${peak.severity} with ${peak.observed} (${figure(peak.expected)} expected), ${page ? 'paged' : 'held'}`,
      ),
    ...(report.issues.length > SHOWN_ISSUES ? [`  … and ${report.issues.length - SHOWN_ISSUES} more`] : []),
    `Open ${join(out, 'report.html')}`,
  ]
  return `${lines.join('\n')}\n`
}
