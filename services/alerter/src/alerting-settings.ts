import type { AlertingSettings, Route } from '@outcry/alerting'
import type { Config } from '@outcry/contracts'

/** The part of the configuration that decides alerts. */
export type AlertingConfig = Pick<Config, 'alerting' | 'targets' | 'detection'> & {
  brands: readonly { id: string; pagesPerWeek?: number }[]
}

export const routesOf = (config: Pick<Config, 'targets'>): Route[] =>
  config.targets.map(({ name, brands, minSeverity, pagesOnly, drills }) => ({
    target: name,
    minSeverity,
    pagesOnly,
    drills,
    ...(brands === undefined ? {} : { brands }),
  }))

/** The settings of one brand; a drill's shadow brand has those of the brand it shadows. */
export const alertingSettingsOf = (config: AlertingConfig, brand: string): AlertingSettings => {
  const watched = brand.split('#', 1)[0]
  const own = config.brands.find((rules) => rules.id === watched)?.pagesPerWeek
  return {
    pagesPerWeek: own ?? config.alerting.pagesPerWeek,
    updateEveryMs: config.alerting.updateEveryMs,
    resolveAfterCalmMs: config.detection.resolveAfterCalmMs,
    routes: routesOf(config),
  }
}
