import type { DefineCommand } from './define-command.ts'

export type CommandEntry = { name: string; summary: string; load: () => Promise<DefineCommand> }

/** The commands in the order of `--help`. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'start',
    summary: 'run Outcry: ingest, detector, alerter, API, feed and console in one process, or some of them',
    load: async () => (await import('./commands/start.ts')).defineStart,
  },
  {
    name: 'backtest',
    summary: 'run the real detector over history: alerts, assignments and a report',
    load: async () => (await import('./commands/backtest.ts')).defineBacktest,
  },
  {
    name: 'cluster',
    summary: "group texts with the detector's own clusterer",
    load: async () => (await import('./commands/cluster.ts')).defineCluster,
  },
  {
    name: 'classify',
    summary: 'score texts as complaints and name their language',
    load: async () => (await import('./commands/classify.ts')).defineClassify,
  },
  {
    name: 'series',
    summary: 'score bursts in plain counts',
    load: async () => (await import('./commands/series.ts')).defineSeries,
  },
  {
    name: 'parse',
    summary: 'show the mentions of one recorded platform payload',
    load: async () => (await import('./commands/parse.ts')).defineParse,
  },
  {
    name: 'evaluate',
    summary: 'score alerts against labelled incidents',
    load: async () => (await import('./commands/evaluate.ts')).defineEvaluate,
  },
  {
    name: 'drill',
    summary: 'play a made crisis through the running system, under a shadow brand',
    load: async () => (await import('./commands/drill.ts')).defineDrill,
  },
  {
    name: 'doctor',
    summary: 'check config, data directory, disk, clock, database, bus, model, sources and targets',
    load: async () => (await import('./commands/doctor.ts')).defineDoctor,
  },
  {
    name: 'backup',
    summary: 'copy the whole database as of one moment into a new directory, while Outcry runs or stands still',
    load: async () => (await import('./commands/backup.ts')).defineBackup,
  },
  {
    name: 'restore',
    summary: 'put a backup into an empty database or a new data directory',
    load: async () => (await import('./commands/restore.ts')).defineRestore,
  },
  {
    name: 'model',
    summary: 'install a sentence model, to compare posts by their meaning too',
    load: async () => (await import('./commands/model.ts')).defineModel,
  },
  {
    name: 'brands',
    summary: 'show which partition each brand lives in, or move one while everything runs',
    load: async () => (await import('./commands/brands.ts')).defineBrands,
  },
  {
    name: 'deliveries',
    summary: 'show what became of alerts on their way to targets, or send some again under their ids',
    load: async () => (await import('./commands/deliveries.ts')).defineDeliveries,
  },
  {
    name: 'config',
    summary: 'check the configuration, or print its JSON Schema',
    load: async () => (await import('./commands/config.ts')).defineConfig,
  },
]
