export { createAlerter, type AlerterOptions } from './alerter.ts'
export { type AlertingConfig, alertingSettingsOf } from './alerting-settings.ts'
export { applyCommand, type AppliedCommand } from './apply-command.ts'
