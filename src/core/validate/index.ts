import { adminNetworkPolicy, baselineAdminNetworkPolicy } from './adminNetworkPolicy.ts'
import { clusterNetworkPolicy } from './clusterNetworkPolicy.ts'
import { connectivityChecks, drawbridgeSettings } from './drawbridge.ts'
import { networkPolicy } from './networkPolicy.ts'
import { otherClusterNetworkPolicy } from './otherClusterNetworkPolicy.ts'
import { clusterObject, service } from './plainObject.ts'
import type { Validator } from './validator.ts'
import { appsWorkload, cronJobWorkload, plainWorkload, podWorkload } from './workload.ts'

/** What is checked, by kind. A new kind: a file, and a line here. */
export const VALIDATORS: readonly Validator[] = [
  networkPolicy,
  adminNetworkPolicy,
  baselineAdminNetworkPolicy,
  clusterNetworkPolicy,
  otherClusterNetworkPolicy,
  appsWorkload,
  plainWorkload,
  cronJobWorkload,
  podWorkload,
  clusterObject,
  service,
  connectivityChecks,
  drawbridgeSettings,
]
