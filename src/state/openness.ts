import type { Status } from '#core/model/verdict.ts'

const OPENNESS: Readonly<Record<Status, number>> = { denied: 0, undetermined: 1, partial: 2, allowed: 3 }

/** More than 0 where the connection got more open, less where it closed; 0 where nothing changed or it is new. */
export function compareStatus(before: Status | undefined, after: Status): number {
  return before === undefined ? 0 : OPENNESS[after] - OPENNESS[before]
}
