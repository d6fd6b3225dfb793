import type { AlertingSettings, Route } from '@outcry/alerting'
import { type Config, type QuietHours, type Sql, watchedBrand } from '@outcry/contracts'
import { activeMutes, plannedEvents } from '@outcry/store'

/** The part of the configuration that decides alerts. */
export type AlertingConfig = Pick<Config, 'alerting' | 'targets' | 'detection' | 'response'> & {
  brands: readonly {
    id: string
    handles?: readonly string[]
    pagesPerWeek?: number
    quietHours?: readonly QuietHours[]
  }[]
}

export const routesOf = (config: Pick<Config, 'targets'>): Route[] =>
  config.targets.map(
    ({ name, brands, issueTypes, languages, minSeverity, pagesOnly, drills, quietHours, escalationOnly }) => ({
      target: name,
      minSeverity,
      pagesOnly,
      drills,
      always: quietHours === 'send',
      escalationOnly: escalationOnly === true,
      ...(brands === undefined ? {} : { brands }),
      ...(issueTypes === undefined ? {} : { issueTypes }),
      ...(languages === undefined ? {} : { languages }),
    }),
  )

/** The settings of one brand; a drill's shadow brand has those of the brand it shadows. */
export const alertingSettingsOf = (config: AlertingConfig, brand: string): AlertingSettings => {
  const watched = watchedBrand(brand)
  const own = config.brands.find((rules) => rules.id === watched)
  return {
    pagesPerWeek: own?.pagesPerWeek ?? config.alerting.pagesPerWeek,
    updateEveryMs: config.alerting.updateEveryMs,
    resolveAfterCalmMs: config.detection.resolveAfterCalmMs,
    routes: routesOf(config),
    quietHours: own?.quietHours ?? config.alerting.quietHours,
    escalation: config.alerting.escalation,
  }
}

/** The same with what people muted and planned, as the database says at this moment. */
export const currentSettingsOf = async (
  sql: Sql,
  config: AlertingConfig,
  brand: string,
  nowMs: number,
): Promise<AlertingSettings> => ({
  ...alertingSettingsOf(config, brand),
  mutes: await activeMutes(sql, brand, nowMs),
  planned: await plannedEvents(sql, watchedBrand(brand), nowMs),
})
