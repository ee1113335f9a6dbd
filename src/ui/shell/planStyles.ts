import type { PlanStyle } from '#core/model/intent.ts'

/** How new policies can be laid out, in words that follow “New policies”. */
export const PLAN_STYLES: readonly { readonly id: PlanStyle; readonly label: string }[] = [
  { id: 'per-workload', label: 'one for each workload' },
  { id: 'per-edge', label: 'one for each connection' },
  { id: 'per-namespace', label: 'as few as possible' },
]
