import type { Sample } from './samples/sample.ts'

/** The one that opens on a first visit. */
export const LIVING_SAMPLE: Sample = { id: 'shop', name: 'Shop', about: '', hint: '', files: [] }

/** All samples, the living one first. */
export const SAMPLES: readonly Sample[] = [LIVING_SAMPLE]
