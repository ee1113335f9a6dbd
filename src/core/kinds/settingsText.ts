import type { Settings } from '#core/model/settings.ts'
import { DRAWBRIDGE_GROUP } from './connectivityChecks.ts'

/** A DrawbridgeSettings document as a plain value, with what is given and no more. */
export function settingsValue(settings: Partial<Pick<Settings, 'profile'>>): object {
  return {
    apiVersion: `${DRAWBRIDGE_GROUP}/v1alpha1`,
    kind: 'DrawbridgeSettings',
    metadata: { name: 'settings' },
    ...settings,
  }
}
