import { defaults } from './samples/defaults.ts'
import { egress } from './samples/egress.ts'
import { ingress } from './samples/ingress.ts'
import type { Sample } from './samples/sample.ts'
import { shop } from './samples/shop.ts'

/** The one that opens on a first visit. */
export const LIVING_SAMPLE: Sample = shop

/** All samples, the living one first. */
export const SAMPLES: readonly Sample[] = [shop, ...defaults, ...ingress, ...egress]
